package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import io.imagewright.progress.ProgressListener;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** The whole build without root, capabilities, KVM, loop devices and mount(2). */
public class UnprivilegedBuildTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void givesTheSameBytes() throws Exception {
        Path root = Unprivileged.open(folder.getRoot().toPath(), false);
        Path disk = new GuestDisk(root.resolve("guest"), "gpt", 64).write();
        Path expected = root.resolve("expected");
        ImageBuild.run(Requests.of(disk, expected, "raw", "qcow2", "diskdump"), ProgressListener.NONE);
        Path out = Unprivileged.open(folder.newFolder("out").toPath(), true);
        Path tmp = Unprivileged.open(folder.newFolder("tmp").toPath(), true);
        try (BuildInChild build = new BuildInChild(root, disk, out, tmp, "raw", "qcow2", "diskdump")
                .by(Unprivileged.launcher())
                .classPath(Unprivileged.classPath(root.resolve("classpath")))
                .start()) {
            assertEquals(build.output(), 0, build.awaitEnd());
            assertTrue(build.output(), build.output().startsWith("unprivileged: as user "));
        }
        assertEquals(reproducible(expected), reproducible(out));
        assertEquals(0, Generation.unfinished(out));
        assertEquals(0, Generation.unfinished(tmp));
    }

    @Test
    public void refusesATargetThatIsNotWritable() throws Exception {
        Path out = folder.newFolder("out").toPath();
        allow(out, "r-xr-xr-x");
        refused(disk(), out, "ENVIRONMENT Cannot write to " + out + ": permission denied. Make the directory writable");
    }

    @Test
    public void refusesAMediumThatIsNotReadable() throws Exception {
        Path disk = disk();
        allow(disk, "---------");
        Path out = Unprivileged.open(folder.newFolder("out").toPath(), true);
        refused(disk, out, "SOURCE Cannot use the source " + disk + ": permission denied. ");
    }

    private Path disk() throws IOException {
        return new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64).write();
    }

    private void refused(Path disk, Path out, String text) throws Exception {
        Path root = Unprivileged.open(folder.getRoot().toPath(), false);
        Path tmp = Unprivileged.open(folder.newFolder("tmp").toPath(), true);
        try (BuildInChild build = new BuildInChild(root, disk, out, tmp, "raw")
                .by(Unprivileged.launcher())
                .classPath(Unprivileged.classPath(root.resolve("classpath")))
                .start()) {
            assertEquals(build.output(), 1, build.awaitEnd());
            assertTrue(build.output(), build.output().contains(text));
            assertTrue(build.output(), build.output().endsWith("\nleft in out [] in tmp []\n"));
        }
    }

    private static void allow(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static Map<String, String> reproducible(Path directory) throws IOException {
        Map<String, String> files = Generation.of(directory);
        files.keySet().removeIf(name -> name.endsWith(".build.json"));
        return files;
    }
}
