package io.imagewright;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.api.ImageBuildResult;
import io.imagewright.disk.SparseFile;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription.EngineChoice;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** Disks made to harm who looks at them through the appliance: a clear error each, and this machine is as it was. */
public class HostileApplianceTest {

    private static final long MIB = 1 << 20;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private ImageException refused(Path disk, EngineChoice engine) throws IOException {
        Path out = folder.newFolder("out").toPath();
        ImageException failure = assertThrows(
                ImageException.class,
                () -> ImageBuild.run(
                        Requests.of(Requests.with(Requests.description(disk, "raw"), engine), out),
                        ProgressListener.NONE));
        assertEquals(failure.getMessage(), ImageException.Kind.SOURCE, failure.kind());
        try (var left = Files.list(out)) {
            assertEquals(List.of(), left.toList());
        }
        return failure;
    }

    private Path disk(int mebibytes) throws IOException {
        Path disk = folder.getRoot().toPath().resolve("disk.raw");
        SparseFile.create(disk, mebibytes * MIB).close();
        GuestDisk.shell("echo 'start=2048, type=83' | sfdisk -q \"$1\"", disk);
        return disk;
    }

    @Test
    public void anXfsWhoseLogIsRubbish() throws IOException {
        Path disk = disk(402);
        Path alone = folder.getRoot().toPath().resolve("xfs");
        SparseFile.create(alone, 401 * MIB).close();
        GuestDisk.run("mkfs.xfs", "-q", alone.toString());
        Matcher log = Pattern.compile(
                        "logstart = (\\d+)\\s+agblocks = (\\d+)\\s+logblocks = (\\d+)\\s+blocksize = (\\d+)\\s+agblklog = (\\d+)")
                .matcher(GuestDisk.run(
                        "xfs_db",
                        "-r",
                        "-c",
                        "sb 0",
                        "-c",
                        "print logstart agblocks logblocks blocksize agblklog",
                        alone.toString()));
        assertTrue(log.find());
        long start = Long.parseLong(log.group(1));
        int shift = Integer.parseInt(log.group(5));
        long block = (start >> shift) * Long.parseLong(log.group(2)) + (start & ((1L << shift) - 1));
        byte[] rubbish = new byte[(int) (Long.parseLong(log.group(3)) * Integer.parseInt(log.group(4)))];
        new Random(1).nextBytes(rubbish);
        GuestDisk.put(alone, block * Integer.parseInt(log.group(4)), rubbish);
        GuestDisk.shell("dd if=\"$1\" of=\"$2\" bs=1M seek=1 conv=notrunc,sparse status=none", alone, disk);

        ImageException failure = refused(disk, EngineChoice.AUTO);
        assertTrue(failure.getMessage(), failure.getMessage().startsWith("Cannot use partition 1 (xfs)"));
        assertTrue(failure.getMessage(), failure.getMessage().contains("Linux cannot mount it"));
    }

    @Test
    public void aTreeOfTenThousandDirectoriesInsideEachOther() throws IOException {
        Path disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 128).write();
        List<String> commands = new ArrayList<>();
        commands.add("cd /var/log");
        for (int i = 0; i < 10_000; i++) {
            commands.add("mkdir d");
            commands.add("cd d");
        }
        LaidOutDisk.debugfs(disk, 41 * MIB, commands.toArray(String[]::new));

        ImageException failure = refused(disk, EngineChoice.LIBGUESTFS);
        assertTrue(failure.getMessage(), failure.getMessage().contains("directories are more than 2048 deep"));
    }

    @Test
    public void aDiskThatClaimsEightExbibytes() throws IOException {
        Path disk = folder.getRoot().toPath().resolve("disk.qcow2");
        GuestDisk.run("qemu-img", "create", "-q", "-f", "qcow2", disk.toString(), "64M");
        GuestDisk.put(
                disk,
                24,
                ByteBuffer.allocate(8).putLong(0, Long.MAX_VALUE - 511).array());
        ImageException failure = refused(disk, EngineChoice.LIBGUESTFS);
        assertFalse(failure.getMessage(), failure.getMessage().isEmpty());
    }

    /** What the guest's links name is the guest's, never this machine's. */
    @Test
    public void linksToFilesOfThisMachine() throws IOException {
        Path secret = folder.newFile("secret").toPath();
        Files.writeString(secret, "SECRET OF THIS MACHINE");
        GuestDisk guest = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64)
                .without("var/log/syslog")
                .without("home/alice/.bash_history")
                .debugfs("symlink /var/log/syslog " + secret)
                .debugfs("symlink /home/alice/.bash_history " + secret)
                .debugfs("symlink /etc/hostname " + secret);
        Path disk = guest.write();
        ImageBuildResult result = ImageBuild.run(
                Requests.of(
                        Requests.with(Requests.description(disk, "raw"), EngineChoice.LIBGUESTFS),
                        folder.newFolder("out").toPath()),
                ProgressListener.NONE);
        assertEquals("SECRET OF THIS MACHINE", Files.readString(secret));
        byte[] image = Files.readAllBytes(result.outputs().get(0).file());
        assertFalse(new String(image, java.nio.charset.StandardCharsets.ISO_8859_1).contains("SECRET OF THIS"));
    }
}
