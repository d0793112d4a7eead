package io.imagewright;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.imagewright.format.OutputFormat;
import io.imagewright.format.OutputFormats;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.progress.ProgressListener;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** The promise of the same bytes, for whole builds: elsewhere, later, and on one core, each in a Java machine of its own. */
public class SameBytesOfEachFormatTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    /** Builds: medium, directory, formats. */
    public static final class Build {

        private Build() {}

        public static void main(String... arguments) {
            Path out = Path.of(arguments[1]);
            String[] formats = Arrays.copyOfRange(arguments, 2, arguments.length);
            ImageBuild.run(Requests.of(Path.of(arguments[0]), out, formats), ProgressListener.NONE);
        }
    }

    @Test
    public void ofEachFormat_onOneCoreAndOnTwo() throws Exception {
        Path disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64).write();
        // vhdx makes no promise; the dumps of a partition need another guest, and are the raw format's bytes
        List<String> formats = OutputFormats.all().stream()
                .filter(format -> !format.isPartition())
                .map(OutputFormat::word)
                .filter(word -> !word.equals("vhdx"))
                .toList();
        Path here = folder.getRoot().toPath().resolve("here");
        Path there = folder.getRoot().toPath().resolve("there with a longer name");
        build("0-" + (Runtime.getRuntime().availableProcessors() - 1), disk, here, formats);
        Thread.sleep(1100); // what is dated with today's seconds would differ
        build("0", disk, there, formats);
        assertTrue(ManifestFile.read(here.resolve("guest-1.image-manifest.json"))
                .tools()
                .keySet()
                .containsAll(Set.of("qemu-img")));
        assertTrue("two outputs and more of each: " + names(here), names(here).size() > 3 * formats.size());
        assertEquals(names(here), names(there));
        for (String name : names(here)) {
            if (!name.endsWith(".build.json")) { // what a run was like is no product
                assertEquals(name, -1, Files.mismatch(here.resolve(name), there.resolve(name)));
            }
        }
    }

    private static void build(String cores, Path disk, Path out, List<String> formats) {
        List<String> command = new ArrayList<>(List.of(
                "taskset",
                "-c",
                cores,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Build.class.getName(),
                disk.toString(),
                out.toString()));
        command.addAll(formats);
        GuestDisk.run(command.toArray(String[]::new));
    }

    private static List<String> names(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
