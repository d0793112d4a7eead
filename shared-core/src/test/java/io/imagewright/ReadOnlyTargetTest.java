package io.imagewright;

import java.nio.file.Path;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** The target, or the work directory, lies on a file system that is mounted read-only, which stops root as well. */
public class ReadOnlyTargetTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void refusesAReadOnlyTarget() throws Exception {
        Path out = folder.newFolder("out").toPath();
        refused(out, out, folder.newFolder("tmp").toPath());
    }

    @Test
    public void refusesAReadOnlyWorkDirectory() throws Exception {
        Path tmp = folder.newFolder("tmp").toPath();
        refused(tmp, folder.newFolder("out").toPath(), tmp);
    }

    private void refused(Path readOnly, Path out, Path tmp) throws Exception {
        Path root = folder.getRoot().toPath();
        Path disk = new GuestDisk(root.resolve("guest"), "dos", 64).write();
        try (BuildInChild build = new BuildInChild(root, disk, out, tmp, "raw")
                .by(PrivateMounts.after("mount -t tmpfs -o ro none \"$1\"", readOnly))
                .start()) {
            assertEquals(build.output(), 1, build.awaitEnd());
            assertTrue(
                    build.output(),
                    build.output()
                            .contains("ENVIRONMENT Cannot write to " + readOnly + ": Read-only file system. "
                                    + "Make the directory writable or choose another one.\n"
                                    + "left in out [] in tmp []\n"));
        }
    }
}
