package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

import io.imagewright.error.ImageException;
import org.junit.Rule;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** Disks in files, as the tests of partition tables need them. */
public abstract class TableTestBase {

    static final long MIB = 1 << 20;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    final Path disk(long size) throws IOException {
        Path disk = folder.getRoot().toPath().resolve("disk-" + System.nanoTime() + ".img");
        SparseFile.create(disk, size).close();
        return disk;
    }

    static PartitionTable read(Path disk) throws IOException {
        return read(disk, 512);
    }

    static PartitionTable read(Path disk, int sectorSize) throws IOException {
        try (SparseFile file = SparseFile.openRead(disk)) {
            return PartitionTables.read(file, sectorSize);
        }
    }

    /** A new disk with nothing on it but the table. */
    final Path write(PartitionTable table, long size) throws IOException {
        Path disk = disk(size);
        try (SparseFile file = SparseFile.openWrite(disk)) {
            for (Region region : table.render(size)) {
                file.write(region.offset(), region.bytes());
            }
        }
        return disk;
    }

    static void patch(Path disk, long offset, int... bytes) throws IOException {
        try (SparseFile file = SparseFile.openWrite(disk)) {
            for (int i = 0; i < bytes.length; i++) {
                file.write(offset + i, ByteBuffer.wrap(new byte[] {(byte) bytes[i]}));
            }
        }
    }

    static void patchInt(Path disk, long offset, int value) throws IOException {
        patch(disk, offset, value, value >> 8, value >> 16, value >> 24);
    }

    static ByteBuffer bytes(Path disk, long offset, int length) throws IOException {
        try (SparseFile file = SparseFile.openRead(disk)) {
            ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            file.read(offset, buffer);
            return buffer.flip();
        }
    }

    /** The table is refused, in words that hold all of these. */
    static void refused(Path disk, String... words) {
        ImageException error = assertThrows(ImageException.class, () -> read(disk));
        for (String word : words) {
            assertTrue(error.getMessage(), error.getMessage().contains(word));
        }
        assertTrue(error.getMessage(), error.kind() == ImageException.Kind.SOURCE);
        assertTrue(
                "says nothing about what to do: " + error.getMessage(),
                !error.next().isEmpty());
    }

    /** sfdisk's own description of the disk, without what names the file. */
    static String dump(Path disk) {
        return Tool.run("sfdisk", "-d", disk.toString()).replace(disk.toString(), "DISK");
    }
}
