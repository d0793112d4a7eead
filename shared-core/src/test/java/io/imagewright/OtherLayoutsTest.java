package io.imagewright;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.imagewright.api.ImageBuildResult;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** Disks with sectors of 4096 bytes, and disks without a partition table. */
public class OtherLayoutsTest {

    private static final long MIB = 1 << 20;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path tree = Path.of("unset");

    @Before
    public void makeTree() throws IOException {
        tree = GuestDisk.tree(folder.getRoot().toPath().resolve("guest"));
    }

    @Test
    public void sectorsOf4096Bytes() throws IOException {
        LaidOutDisk disk = disk().table(
                        4096,
                        "label: gpt",
                        "label-id: D15C0000-1111-4222-8333-444455556666",
                        "start=256, size=10240, type=U, name=EFI, uuid=00000001-AAAA-4BBB-8CCC-DDDDDDDDDDDD",
                        "start=10496, size=16384, type=L, name=root, uuid=00000002-AAAA-4BBB-8CCC-DDDDDDDDDDDD",
                        "start=26880, size=4096, type=S")
                .fat(1, 40, 4096)
                .ext4(41, 64, tree, "-b", "4096", "-U", "11111111-2222-3333-4444-555555555555")
                .swap(105, 16);
        Map<Integer, RawDisk.Part> before = new RawDisk(disk.file(), 4096).parts();
        ImageBuildResult result = build(Requests.description(disk.file(), "raw", "qcow2"));
        assertEquals("3:16", result.facts().properties().get("SWAP"));
        for (ImageBuildResult.Output output : result.outputs()) {
            RawDisk built = RawDisk.of(output, 4096, folder.getRoot().toPath().resolve("check"));
            Map<Integer, RawDisk.Part> after = built.parts();
            assertEquals(java.util.Set.of(1, 2), after.keySet());
            assertEquals(before.get(1), after.get(1));
            assertEquals(before.get(2).withoutLength(), after.get(2).withoutLength());
            assertTrue(after.get(2).sectors() < before.get(2).sectors() / 2);
            built.requireClean(2, folder.getRoot().toPath().resolve("part"));
            String verdict = GuestDisk.shell("printf 'p\\nv\\nq\\n' | fdisk -b 4096 \"$1\" 2>&1", built.file());
            assertTrue(verdict, verdict.contains("No errors detected"));
            assertTrue(verdict, verdict.contains("D15C0000-1111-4222-8333-444455556666"));
            assertEquals("EFI PART", new String(built.bytes(built.size() - 4096, 8), StandardCharsets.US_ASCII));
            assertEquals("loader\n", GuestDisk.run("mtype", "-i", built.file() + "@@" + MIB, "::/EFI.TXT"));
        }
    }

    @Test
    public void noTable_isShrunkAndGetsNone() throws IOException {
        Path disk = wholeDisk();
        ImageBuildResult result = build(Requests.description(disk, "raw", "qcow2"));
        for (ImageBuildResult.Output output : result.outputs()) {
            RawDisk built = RawDisk.of(output, 512, folder.getRoot().toPath().resolve("check"));
            assertTrue(built.size() + " bytes", built.size() < 40 * MIB);
            assertEquals("the disk is the file system", size(built.file()), built.size());
            isAlone(built.file());
            assertEquals(
                    "",
                    GuestDisk.run(
                            "debugfs",
                            "-R",
                            "cat /root/.bash_history",
                            built.file().toString()));
        }
    }

    @Test
    public void noTable_keepsItsSize_whenNotShrunk() throws IOException {
        Path disk = wholeDisk();
        ImageDescription plain = Requests.description(disk, "raw");
        ImageBuildResult result = build(with(plain, null, null));
        Path built = result.outputs().get(0).file();
        assertEquals(100 * MIB, Files.size(built));
        assertEquals(100 * MIB, size(built));
        isAlone(built);
    }

    @Test
    public void noTable_growsToTheSizeThatIsAskedFor() throws IOException {
        Path disk = wholeDisk();
        ImageDescription plain = Requests.description(disk, "raw");
        ImageBuildResult result = build(with(plain, plain.shrink(), 150 * MIB));
        Path built = result.outputs().get(0).file();
        assertEquals(150 * MIB, Files.size(built));
        isAlone(built);
        assertTrue("the file system grows at deployment", size(built) < 40 * MIB);
    }

    /** A file system fills the disk and its boot sector, as extlinux makes it, ends like an MBR. */
    @Test
    public void noTable_withABootSector() throws IOException {
        Path disk = wholeDisk();
        GuestDisk.put(disk, 510, new byte[] {0x55, (byte) 0xAA});
        Path built = build(Requests.description(disk, "raw")).outputs().get(0).file();
        assertEquals(size(built), Files.size(built));
        byte[] sector = new RawDisk(built, 512).bytes(510, 2);
        assertEquals(0x55, sector[0]);
        assertEquals((byte) 0xAA, sector[1]);
        GuestDisk.run("e2fsck", "-fn", built.toString());
    }

    /** extlinux knows by their blocks where its files are; making the file system small would move them. */
    @Test
    public void extlinux_keepsItsFileSystemAsItIs() throws IOException {
        Path disk = wholeDisk();
        GuestDisk.put(disk, 3, "EXTLINUX".getBytes(StandardCharsets.US_ASCII));
        Path built = build(Requests.description(disk, "raw")).outputs().get(0).file();
        assertEquals(100 * MIB, size(built));
        assertEquals("EXTLINUX", new String(new RawDisk(built, 512).bytes(3, 8), StandardCharsets.US_ASCII));
    }

    private Path wholeDisk() throws IOException {
        Files.writeString(tree.resolve("etc/fstab"), "/dev/vda / ext4 defaults 0 1\n");
        Path disk = folder.getRoot().toPath().resolve("disk.raw");
        GuestDisk.run(
                "mke2fs", "-q", "-t", "ext4", "-E", "root_owner=0:0", "-d", tree.toString(), disk.toString(), "100M");
        return disk;
    }

    /** Requires a clean file system that fills the file, and nothing beside it that anyone takes for a table. */
    private static void isAlone(Path disk) {
        GuestDisk.run("e2fsck", "-fn", disk.toString());
        String probed = GuestDisk.run("blkid", "-p", "-o", "udev", disk.toString());
        assertTrue(probed, probed.contains("ID_FS_TYPE=ext4"));
        assertTrue(probed, !probed.contains("ID_PART_TABLE"));
    }

    private static long size(Path fileSystem) {
        return Long.parseLong(GuestDisk.shell(
                        "dumpe2fs -h \"$1\" 2>/dev/null"
                                + " | awk '/^Block count:/ {n=$3} /^Block size:/ {s=$3} END {printf \"%d\", n*s}'",
                        fileSystem)
                .strip());
    }

    private LaidOutDisk disk() throws IOException {
        return new LaidOutDisk(folder.getRoot().toPath().resolve("disk.raw"), 130);
    }

    private ImageBuildResult build(ImageDescription description) {
        return ImageBuild.run(
                Requests.inProcess(description, folder.getRoot().toPath().resolve("out")), ProgressListener.NONE);
    }

    private static ImageDescription with(
            ImageDescription plain,
            ImageDescription.@org.jspecify.annotations.Nullable Shrink shrink,
            @org.jspecify.annotations.Nullable Long size) {
        return plain.toBuilder().shrink(shrink).size(size).build();
    }
}
