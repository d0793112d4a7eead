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
    private static final String FOLLOWED =
            "label: gpt\\nstart=2048, size=8192, type=U\\nstart=10240, size=716800\\nstart=727040, size=2048\\n";

    @Rule
    public final TemporaryFolder folder =
            new TemporaryFolder(Path.of("/var/tmp").toFile());

    /**
     * A disk with a root file system.
     *
     * @param tools which the guest has to change its table; empty to have the program change an MBR itself
     * @param sector bytes of it
     * @param known when the kernel knows the new length of the partition
     * @param sizes of the disk, one after the other
     * @param grown MiB by which the file system grows each time, about; 0 for not at all
     */
    private record Row(
            String tools,
            String layout,
            int partition,
            String fileSystem,
            int sector,
            String known,
            List<String> sizes,
            List<Long> grown) {
        Row(String tools, String layout, int partition, String fileSystem, int sector, String known) {
            this(
                    tools,
                    layout,
                    partition,
                    fileSystem,
                    sector,
                    known,
                    List.of("400M", "800M", "1200M"),
                    List.of(0L, 400L, 400L));
        }

        Row(String tools, String layout, int partition, String fileSystem) {
            this(tools, layout, partition, fileSystem, 512, "now");
        }
    }

    private static final List<Row> ROWS = List.of(
            new Row("sfdisk", PRIMARY, 1, "btrfs"),
            new Row("", PRIMARY, 1, "xfs"),
            new Row("sfdisk", LOGICAL, 5, "xfs"),
            new Row("", LOGICAL, 5, "btrfs"),
            new Row("sfdisk", GPT, 2, "btrfs"),
            new Row("sgdisk", GPT, 2, "xfs"),
            new Row("parted", GPT, 2, "btrfs"),
            new Row("systemd-repart", GPT, 2, "xfs"),
            new Row("sfdisk", PRIMARY, 1, "xfs", 512, "boot"),
            new Row("", LOGICAL, 5, "btrfs", 512, "boot"),
            new Row("sgdisk", GPT, 2, "btrfs", 512, "boot"),
            new Row("", PRIMARY, 1, "btrfs", 4096, "now"),
            new Row("", LOGICAL, 5, "xfs", 4096, "now"),
            new Row("sfdisk", LOGICAL, 5, "btrfs", 4096, "now"),
            new Row("sfdisk", GPT, 2, "xfs", 4096, "now"),
            new Row("sgdisk", GPT, 2, "btrfs", 4096, "now"),
            new Row("parted", GPT, 2, "xfs", 4096, "now"),
            new Row("systemd-repart", GPT, 2, "btrfs", 4096, "now"),
            new Row("sfdisk", FOLLOWED, 2, "xfs", 512, "now", List.of("400M", "800M"), List.of(0L, 0L)),
            // the kernel does not resize a smaller btrfs
            new Row("sfdisk", GPT, 2, "btrfs", 512, "now", List.of("150M", "200M", "800M"), List.of(0L, 0L, 650L)),
            // an MBR has no numbers for more
            new Row("sfdisk", PRIMARY, 1, "btrfs", 512, "now", List.of("1T", "3T", "4T"), List.of(0L, 1L << 20, 0L)),
            new Row("", PRIMARY, 1, "btrfs", 512, "now", List.of("1T", "3T", "4T"), List.of(0L, 1L << 20, 0L)));

    /** Neither a boot on a disk of the image's own size nor a growth keeps a disk from growing when it is enlarged later. */
    @Test
    public void growsWheneverTheDiskIsLarger() throws Exception {
        List<String> faults = new ArrayList<>();
        for (Row row : ROWS) {
            Path directory = folder.newFolder().toPath();
            List<String> command = new ArrayList<>(List.of("unshare", "-m", "--propagation", "private", "sh"));
            command.add(resource("/io/imagewright/customise/grow-root-check.sh"));
            command.add(directory.resolve("disk.raw").toString());
            command.add(resource("/io/imagewright/customise/grow-root.sh"));
            command.addAll(List.of(row.tools(), row.layout(), Integer.toString(row.partition()), row.fileSystem()));
            command.addAll(List.of(Integer.toString(row.sector()), row.known()));
            command.addAll(row.sizes());
            List<Long> mebibytes = GuestDisk.run(command.toArray(String[]::new))
                    .lines()
                    .filter(line -> line.startsWith("run "))
                    .map(line -> Long.parseLong(line.substring(4)) >> 10)
                    .toList();
            // the second of two runs finds nothing to do, unless only the boot between them made the partition longer
            boolean isRight = mebibytes.size() == 2 * row.sizes().size();
            for (int size = 0; isRight && size < row.sizes().size(); size++) {
                long first = mebibytes.get(2 * size);
                long second = mebibytes.get(2 * size + 1);
                long before = size == 0 ? second : mebibytes.get(2 * size - 1);
                isRight = Math.abs(second - before - row.grown().get(size))
                                <= (row.grown().get(size) == 0 ? 0 : 20)
                        && first == (row.known().equals("now") ? second : before);
            }
            if (!isRight) {
                faults.add(row + ": " + mebibytes);
            }
        }
        assertEquals(List.of(), faults);
    }

    private static String resource(String name) throws Exception {
        return Path.of(Objects.requireNonNull(GrowRootScriptTest.class.getResource(name), name)
                        .toURI())
                .toString();
    }
}
