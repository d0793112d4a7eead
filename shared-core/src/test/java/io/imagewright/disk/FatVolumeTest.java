package io.imagewright.disk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class FatVolumeTest {

    private static final int MIB = 1 << 20;
    private static final long OFFSET = 3L * MIB;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path path(String name) {
        return folder.getRoot().toPath().resolve(name);
    }

    private Path fat(int width, int size) throws IOException {
        Path fat = path("fat" + width + "-" + System.nanoTime());
        SparseFile.create(fat, size).close();
        Tool.run("mkfs.vfat", "-F", Integer.toString(width), fat.toString());
        Tool.run("mmd", "-i", fat.toString(), "::/EFI", "::/EFI/debian");
        copyIn(fat, "keep.bin", "::/EFI/debian/keep a long name.bin", 200_000, 1);
        copyIn(fat, "gone.bin", "::/EFI/Deleted Marker Long Name.bin", 300_000, 2);
        copyIn(fat, "gone2.bin", "::/MARKERX.BIN", 3000, 3);
        for (int i = 0; i < 40; i++) {
            copyIn(fat, "many.bin", "::/EFI/debian/Many Marker Names " + i, 1, 4);
        }
        copyIn(fat, "last.bin", "::/EFI/last.bin", 70_000, 5);
        Tool.run("mdel", "-i", fat.toString(), "::/EFI/Deleted Marker Long Name.bin", "::/MARKERX.BIN");
        Tool.run("mdel", "-i", fat.toString(), "::/EFI/debian/Many Marker*");
        return fat;
    }

    private void copyIn(Path fat, String local, String inside, int size, long seed) throws IOException {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        Files.write(path(local), content);
        Tool.run("mcopy", "-o", "-i", fat.toString(), path(local).toString(), inside);
    }

    /** The volume as a partition somewhere in a disk. */
    private Path disk(Path fat) throws IOException {
        Path disk = path("disk-" + System.nanoTime());
        try (SparseFile from = SparseFile.openRead(fat);
                SparseFile to = SparseFile.create(disk, OFFSET + from.size() + MIB)) {
            SparseCopy.copy(from, from.dataExtents(0, from.size()), to, OFFSET, done -> {});
        }
        return disk;
    }

    private static String text(Path file) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte value : Files.readAllBytes(file)) {
            if (value != 0) {
                text.write(value);
            }
        }
        return text.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    public void keepsAllThatIsUsed_andNothingOfDeletedFiles() throws IOException {
        for (int[] kind : new int[][] {{12, 4 * MIB}, {16, 32 * MIB}, {32, 64 * MIB}}) {
            String what = "FAT" + kind[0];
            Path fat = fat(kind[0], kind[1]);
            assertTrue(text(fat).contains("Delet"));
            Path disk = disk(fat);
            Path clean = path("clean-" + kind[0]);
            try (SparseFile from = SparseFile.openRead(disk);
                    SparseFile to = SparseFile.create(clean, kind[1])) {
                FatVolume.Usage usage = FatVolume.usedExtents(from, OFFSET, kind[1]);
                assertEquals(what, "", usage.problem());
                long used = usage.extents().stream().mapToLong(Extent::length).sum();
                assertTrue(what + " uses " + used, used > 270_000 && used < kind[1] / 2);
                SparseCopy.copy(from, usage.extents(), to, -OFFSET, done -> {});
                assertTrue(what, FatVolume.clearDeletedEntries(to, 0, kind[1]) > 40);
                assertEquals("cleared twice", 0, FatVolume.clearDeletedEntries(to, 0, kind[1]));
            }
            Tool.run("fsck.vfat", "-n", clean.toString());
            String left = text(clean);
            assertFalse(
                    what,
                    left.contains("Delet")
                            || left.contains("ELETE")
                            || left.contains("ARKER")
                            || left.contains("Many"));
            Tool.run(
                    "mcopy",
                    "-n",
                    "-i",
                    clean.toString(),
                    "::/EFI/debian/keep a long name.bin",
                    path("k" + kind[0]).toString());
            byte[] expected = new byte[200_000];
            new Random(1).nextBytes(expected);
            assertTrue(what, Arrays.equals(expected, Files.readAllBytes(path("k" + kind[0]))));
            byte[] deleted = new byte[300_000];
            new Random(2).nextBytes(deleted);
            String marker = new String(deleted, 100_000, 64, StandardCharsets.ISO_8859_1).replace("\0", "");
            assertTrue(what, text(fat).contains(marker));
            assertFalse(what, left.contains(marker));
        }
    }

    @Test
    public void keepsEverything_whenTheBootSectorIsDamaged() throws IOException {
        Path fat = fat(16, 32 * MIB);
        int[][] damages = {{11, 7}, {12, 0}, {13, 3}, {14, 0}, {16, 0}, {16, 9}, {17, 0}, {18, 0}, {21, 1}, {22, 1}};
        byte[] sound = Files.readAllBytes(fat);
        for (int[] damage : damages) {
            byte[] damaged = sound.clone();
            damaged[damage[0]] = (byte) damage[1];
            if (damage[0] == 14 || damage[0] == 17) {
                damaged[damage[0] + 1] = 0;
            }
            if (damage[0] == 18) {
                damaged[17] = 0;
            }
            if (damage[0] == 22) {
                damaged[23] = 0;
            }
            Files.write(fat, damaged);
            try (SparseFile file = SparseFile.openWrite(fat)) {
                FatVolume.Usage usage = FatVolume.usedExtents(file, 0, 32 * MIB);
                assertEquals("byte " + damage[0], List.of(new Extent(0, 32 * MIB)), usage.extents());
                assertFalse(usage.problem().isEmpty());
                assertEquals(0, FatVolume.clearDeletedEntries(file, 0, 32 * MIB));
            }
        }
    }

    @Test
    public void keepsEverything_whenThePartitionIsCutShort() throws IOException {
        Path fat = fat(32, 64 * MIB);
        try (SparseFile file = SparseFile.openRead(fat)) {
            for (long length : new long[] {0, 1, 511, 512, 4096, 63L * MIB}) {
                FatVolume.Usage usage = FatVolume.usedExtents(file, 0, length);
                assertEquals(List.of(new Extent(0, length)), usage.extents());
                assertFalse(usage.problem().isEmpty());
            }
            assertFalse(
                    FatVolume.usedExtents(file, 32L * MIB, 64L * MIB).problem().isEmpty());
        }
    }

    @Test
    public void endsOnDamagedDirectoriesAndTables() throws IOException {
        Random random = new Random(8);
        for (int width : new int[] {12, 16, 32}) {
            int size = width == 12 ? 4 * MIB : width == 16 ? 32 * MIB : 64 * MIB;
            Path fat = fat(width, size);
            for (int round = 0; round < 40; round++) {
                try (SparseFile file = SparseFile.openWrite(fat)) {
                    for (int i = 0; i < 20; i++) {
                        byte[] noise = new byte[4];
                        random.nextBytes(noise);
                        file.write(512 + random.nextInt(size / 16), ByteBuffer.wrap(noise));
                    }
                    FatVolume.usedExtents(file, 0, size);
                    FatVolume.clearDeletedEntries(file, 0, size);
                }
            }
        }
    }
}
