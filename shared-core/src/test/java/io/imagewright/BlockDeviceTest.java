package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import io.imagewright.error.ImageException;
import io.imagewright.exec.ExecResult;
import io.imagewright.progress.ProgressListener;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/**
 * A block device gives what a file with its bytes gives. Only root can make one, and not in every container; anyone else, who may not
 * read those that there are, gets an error.
 */
public class BlockDeviceTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void givesWhatAFileGives_msdos() throws IOException {
        givesWhatAFileGives(new GuestDisk(path("guest"), "dos", 64).write(), 512);
    }

    @Test
    public void givesWhatAFileGives_gpt() throws IOException {
        givesWhatAFileGives(new GuestDisk(path("guest"), "gpt", 64).write(), 512);
    }

    /** A file does not say what an MBR's numbers count; a device does. */
    @Test
    public void readsAnMbrInTheSectorsOfItsDevice() throws IOException {
        Path tree = GuestDisk.tree(path("guest"));
        Files.writeString(tree.resolve("etc/fstab"), "/dev/sda1 / ext4 defaults 0 1\n");
        Path disk = new LaidOutDisk(path("disk.raw"), 100)
                .table(4096, "label: dos", "start=256, size=16384, type=83")
                .ext4(1, 64, tree, "-b", "4096")
                .file();
        onDevice(disk, 4096, device -> {
            Path built = run(device, "device");
            // partx does not take a sector size for an MBR: the file system is where the table says
            GuestDisk.shell("tail -c +1048577 \"$1\" > \"$2\"", built, path("root"));
            GuestDisk.run("e2fsck", "-fn", path("root").toString());
            assertTrue("it is shrunk", Files.size(built) < 40 << 20);
        });
    }

    private void givesWhatAFileGives(Path disk, int sectorSize) throws IOException {
        onDevice(disk, sectorSize, device -> {
            String before = digest(disk);
            assertEquals(digest(run(disk, "file")), digest(run(device, "device")));
            assertEquals("the source is unchanged", before, digest(disk));
        });
    }

    private interface Check {
        void with(Path device) throws IOException;
    }

    private void onDevice(Path disk, int sectorSize, Check check) throws IOException {
        ExecResult attached = GuestDisk.attempt(
                "losetup", "--find", "--show", "--sector-size", Integer.toString(sectorSize), disk.toString());
        if (attached.exitCode() != 0) {
            System.err.println("No loop device here (" + attached.stderr().strip() + "): looking at the refusal only");
            refusesWhatMayNotBeRead();
            return;
        }
        Path device = Path.of(attached.stdout().strip());
        try {
            check.with(device);
        } finally {
            GuestDisk.run("losetup", "--detach", device.toString());
        }
    }

    private void refusesWhatMayNotBeRead() throws IOException {
        try (Stream<Path> blocks = Files.list(Path.of("/sys/class/block"))) {
            Optional<Path> forbidden = blocks.map(block -> Path.of("/dev").resolve(block.getFileName()))
                    .filter(device -> Files.exists(device) && !Files.isReadable(device))
                    .findFirst();
            forbidden.ifPresent(device -> {
                ImageException failure = assertThrows(ImageException.class, () -> run(device, "refused"));
                assertTrue(failure.getMessage(), failure.getMessage().contains(device + ": permission denied"));
            });
        }
    }

    private Path run(Path media, String out) {
        return ImageBuild.run(Requests.inProcess(Requests.description(media, "raw"), path(out)), ProgressListener.NONE)
                .outputs()
                .get(0)
                .file();
    }

    private Path path(String name) {
        return folder.getRoot().toPath().resolve(name);
    }

    private static String digest(Path file) {
        return GuestDisk.shell("sha256sum < \"$1\"", file).strip();
    }
}
