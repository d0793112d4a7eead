package io.imagewright.customise;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.imagewright.GuestDisk;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;

/**
 * The program of growRoot on real disks, as root: in a container too, but not on ext4, which only a machine's own root may grow while it
 * is mounted (CAP_SYS_RESOURCE). There the boot test grows it.
 */
public class GrowRootScriptTest {

    private static final String PRIMARY = "label: dos\\nstart=2048, type=83\\n";
    private static final String LOGICAL =
            "label: dos\\nstart=2048, size=8192, type=83\\nstart=10240, type=5\\nstart=12288, type=83\\n";
    private static final String GPT = "label: gpt\\nstart=2048, size=8192, type=U\\nstart=10240\\n";

    @Rule
    public final TemporaryFolder folder =
            new TemporaryFolder(Path.of("/var/tmp").toFile());

    /**
     * A disk whose last partition is the root.
     *
     * @param tools which the guest has to change its table; empty to have the program change an MBR itself
     */
    private record Row(String tools, String layout, int partition, String fileSystem) {}

    private static final List<Row> ROWS = List.of(
            new Row("sfdisk", PRIMARY, 1, "btrfs"),
            new Row("", PRIMARY, 1, "xfs"),
            new Row("sfdisk", LOGICAL, 5, "xfs"),
            new Row("", LOGICAL, 5, "btrfs"),
            new Row("sfdisk", GPT, 2, "btrfs"),
            new Row("sgdisk", GPT, 2, "xfs"),
            new Row("parted", GPT, 2, "btrfs"));

    @Test
    public void growsOnceTheDiskIsLarger() throws Exception {
        List<String> faults = new ArrayList<>();
        for (Row row : ROWS) {
            Path directory = folder.newFolder().toPath();
            List<String> command = new ArrayList<>(List.of("unshare", "-m", "--propagation", "private", "sh"));
            command.add(resource("/io/imagewright/customise/grow-root-check.sh"));
            command.add(directory.resolve("disk.raw").toString());
            command.add(resource("/io/imagewright/customise/grow-root.sh"));
            command.addAll(List.of(row.tools(), row.layout(), Integer.toString(row.partition()), row.fileSystem()));
            List<String> runs = GuestDisk.run(command.toArray(String[]::new))
                    .lines()
                    .filter(line -> line.matches("(none|mark) \\d+"))
                    .toList();
            boolean isRight = runs.size() == 3
                    && runs.get(0).startsWith("none ")
                    && runs.get(1).startsWith("mark ")
                    && capacity(runs.get(1)) > capacity(runs.get(0)) + (380 << 10)
                    && runs.get(2).equals(runs.get(1));
            if (!isRight) {
                faults.add(row + ": " + runs);
            }
        }
        assertEquals(List.of(), faults);
    }

    private static long capacity(String line) {
        return Long.parseLong(line.substring(line.indexOf(' ') + 1));
    }

    private static String resource(String name) throws Exception {
        return Path.of(Objects.requireNonNull(GrowRootScriptTest.class.getResource(name), name)
                        .toURI())
                .toString();
    }
}
