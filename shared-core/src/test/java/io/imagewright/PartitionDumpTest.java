package io.imagewright;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Extent;
import io.imagewright.disk.Piece;
import io.imagewright.disk.SparseFile;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.exec.ProcessExec;
import io.imagewright.format.GuestInfo;
import io.imagewright.format.OutputPlan;
import io.imagewright.format.OutputTarget;
import io.imagewright.format.OutputWriters;
import io.imagewright.format.PlannedOutput;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.DumpRules;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.PartitionDump;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** The format {@code extdump}, on a disk whose first partition holds the whole system. */
public class PartitionDumpTest {

    private static final long MIB = 1 << 20;
    private static final int LOADER = 512;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path disk;
    private Path tree;

    @Before
    public void makeTree() throws IOException {
        tree = folder.newFolder("tree").toPath();
        file("etc/os-release", "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12\"\nVERSION_ID=\"12\"\n");
        file("etc/passwd", "root:x:0:0:root:/root:/bin/bash\n");
        file("etc/shadow", "root:!:19000:0:99999:7:::\n");
        file("etc/fstab", "LABEL=root / ext4 defaults 0 1\n");
        file("usr/share/filler", "0123456789abcde\n".repeat(3 << 16));
    }

    private void file(String name, String content) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** One partition from here on, with swap behind it. */
    private void makeDisk(long startMib, byte[] loader) throws IOException {
        Path file = folder.getRoot().toPath().resolve("disk.raw");
        disk = new LaidOutDisk(file, 130)
                .table(
                        512,
                        "label: dos",
                        "start=" + startMib * 2048 + ", size=96MiB, type=83, bootable",
                        "size=16MiB, type=82")
                .ext4(startMib, 96, tree, "-L", "root")
                .swap(startMib + 96, 16)
                .put(startMib, loader)
                .file();
    }

    private static byte[] loader() {
        byte[] sector = new byte[LOADER];
        byte[] name = "\u00eb\u0058\u0090EXTLINUX".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(name, 0, sector, 0, name.length);
        // its own jump and code, but not the mark that it finds its files by blocks
        sector[3] = 'L';
        sector[510] = 0x55;
        sector[511] = (byte) 0xaa;
        return sector;
    }

    private Path out() {
        return folder.getRoot().toPath().resolve("out");
    }

    private Path written(String extension) {
        return out().resolve("guest-1." + extension);
    }

    private ImageBuildRequest request(String... formats) {
        return Requests.of(disk, out(), formats);
    }

    private static byte[] read(Path file, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        try (SparseFile open = SparseFile.openRead(file)) {
            open.read(offset, ByteBuffer.wrap(bytes));
        }
        return bytes;
    }

    @Test
    public void isThePartitionOfTheWholeDisk_andSound() throws Exception {
        makeDisk(1, loader());
        ImageBuildResult result = ImageBuild.run(request("extdump", "raw", "qcow2"), ProgressListener.NONE);

        Path dump = written("extdump");
        long size = Files.size(dump);
        assertEquals(size, result.outputs().get(0).virtualSize());
        assertTrue("shrunk to " + size, size < 90 * MIB);
        GuestDisk.shell("cmp \"$1\" <(tail -c +$((1048576 + 1)) \"$2\" | head -c $3)", dump, written("raw"), size);
        GuestDisk.run("e2fsck", "-fn", dump.toString());
        String table = GuestDisk.shell("sfdisk -l -o start,sectors \"$1\" | tail -1", written("raw"));
        assertTrue(table, table.strip().matches("2048 +" + size / 512));
        assertArrayEquals(loader(), read(dump, 0, LOADER));

        String meta = Files.readString(written("extdump.meta"));
        assertTrue(meta, meta.replace(" ", "").contains("\"ROOT_PARTITION\":\"1\""));
        assertTrue(meta, meta.contains("msdos") && meta.contains("extdump") && !meta.contains("BOOTSTRAP"));
        String variant = GuestDisk.shell(". \"$1\"; echo $IMG_FORMAT $IMG_ID", written("extdump.variant"));
        assertEquals("extdump guest-1.extdump", variant.strip());
        FinishedImage finished = FinishedImage.open(out(), "guest", "1");
        assertEquals(List.of(), finished.verify(ProgressListener.NONE));
        Files.writeString(written("extdump.meta"), "{}");
        assertEquals(1, finished.verify(ProgressListener.NONE).size());
    }

    @Test
    public void everyBrokenRuleIsNamed_inThePlanToo_andNothingIsWritten() throws Exception {
        file("etc/fstab", "PARTUUID=12345678-01 / ext4 defaults 0 1\nLABEL=data /srv ext4 nofail 0 2\n");
        makeDisk(2, new byte[LOADER]);
        ImageBuildRequest request = request("qcow2", "extdump");
        String planned = refused(() -> ImageBuild.plan(request, ProgressListener.NONE));
        String built = refused(() -> ImageBuild.run(request, ProgressListener.NONE));
        assertEquals(planned, built);
        for (String rule : List.of(
                "1) partition 1 begins at byte 2097152, not at sector 2048",
                "2) no boot loader is in the first sector of partition 1",
                "3) /etc/fstab mounts / by the name PARTUUID=12345678-01",
                "4) /etc/fstab mounts LABEL=data on /srv",
                "diskdump")) {
            assertTrue(built, built.contains(rule));
        }
        assertFalse(built, built.contains("5) "));
        assertFalse(Files.exists(out()));
    }

    @Test
    public void whatOperationsFixIsNoBrokenRule() throws Exception {
        file("etc/fstab", "/dev/sda1 / ext4 defaults 0 1\n/dev/sda2 none swap sw 0 0\n");
        makeDisk(1, loader());
        ImageBuildRequest request = request("extdump");
        ImageBuild.plan(request, ProgressListener.NONE);
        ImageBuild.run(request, ProgressListener.NONE);
        String fstab = GuestDisk.run(
                "debugfs", "-R", "cat /etc/fstab", written("extdump").toString());
        assertTrue(fstab, fstab.startsWith("UUID=") && !fstab.contains("swap"));

        ImageDescription kept = Requests.without(request.description(), "use-persistent-block-device-names");
        String refused = refused(() -> ImageBuild.run(Requests.of(kept, out()), ProgressListener.NONE));
        assertTrue(refused, refused.contains("1) /etc/fstab mounts / by the name /dev/sda1"));
        assertTrue(refused, refused.contains("use-persistent-block-device-names"));
    }

    @Test
    public void aSystemOnAnotherPartition_isRefused() throws Exception {
        disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "gpt", 64).write();
        String refused = refused(() -> ImageBuild.run(request("extdump"), ProgressListener.NONE));
        assertTrue(refused, refused.contains("the root file system is on partition 2, not on partition 1"));
        assertTrue(refused, refused.contains("partition 1 holds vfat, not ext2, ext3 or ext4"));
        String windows = refused(() -> ImageBuild.plan(request("ntfsdump"), ProgressListener.NONE));
        assertTrue(windows, windows.contains("Cannot write the guest as ntfsdump"));
        assertTrue(windows, windows.contains("the guest is no Windows"));
    }

    @Test
    public void aDiskThatIsTakenAsItIs_isRefused() throws Exception {
        makeDisk(1, loader());
        String refused = refused(() -> ImageBuild.convert(request("raw", "extdump"), ProgressListener.NONE));
        assertTrue(refused, refused.startsWith("Cannot write the disk as extdump: "));
        assertTrue(refused, refused.contains("diskdump"));
        assertFalse(Files.exists(out()));
    }

    @Test
    public void anNtfsIsDumpedUpToItsLastSector_andHasNoBootLoaderOfWindows() throws Exception {
        long size = 20 * MIB + 7 * 512;
        Path ntfs = folder.getRoot().toPath().resolve("ntfs.img");
        SparseFile.create(ntfs, size).close();
        GuestDisk.shell("mkntfs -qFf -L dump \"$1\" 2>&1 && ntfscp -f \"$1\" \"$2\" /hostname", ntfs, "/etc/passwd");
        disk = new LaidOutDisk(folder.getRoot().toPath().resolve("disk.raw"), 30).file();
        GuestDisk.put(disk, MIB, Files.readAllBytes(ntfs));
        GuestDisk.put(disk, MIB + size, "what is behind it".getBytes(StandardCharsets.US_ASCII));
        PlannedOutput output =
                OutputPlan.of(Requests.description(disk, "ntfsdump"), "1", "").get(0);
        Path dump = folder.getRoot().toPath().resolve("dump");
        OutputWriters.write(
                new DiskLayout(30 * MIB, List.of(new Piece(0, 30 * MIB, disk, 0))),
                List.of(new OutputTarget(output, dump, new Extent(MIB, size))),
                List.of(),
                new GuestInfo("amd64", "windows", 0, "image", "1"),
                new ProcessExec(),
                position -> {});
        assertEquals(-1, Files.mismatch(ntfs, dump));
        GuestDisk.shell("ntfscat -f \"$1\" /hostname | cmp - /etc/passwd", dump);

        Volume volume = new Volume(1, "ntfs", "", "", "", "", MIB, size);
        Facts windows = new Facts(
                "windows",
                "windows",
                "Windows",
                "10.0",
                List.of(volume),
                List.of(new Mount(GuestPath.ROOT, 1)),
                Map.of(),
                List.of());
        List<Message> broken = DumpRules.broken(
                PartitionDump.NTFS,
                MemoryGuest.of(guest -> guest.file("/bootmgr", "")),
                windows,
                volume,
                read(dump, 0, LOADER),
                true);
        assertEquals(broken.toString(), 1, broken.size());
        assertTrue(broken.toString(), broken.get(0).toString().startsWith("no boot loader is in the first sector"));
    }

    private static String refused(org.junit.function.ThrowingRunnable work) {
        ImageException refused = assertThrows(ImageException.class, work);
        assertEquals(ImageException.Kind.DESCRIPTION, refused.kind());
        return String.valueOf(refused.getMessage());
    }
}
