package io.imagewright.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class LayoutReaderTest {

    private static final int BLOCK = 4096;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path file(String name, int size, int... randomBlocks) throws IOException {
        Path path = folder.getRoot().toPath().resolve(name);
        try (SparseFile file = SparseFile.create(path, size)) {
            for (int block : randomBlocks) {
                byte[] bytes = new byte[BLOCK];
                new Random(block).nextBytes(bytes);
                file.write((long) block * BLOCK, ByteBuffer.wrap(bytes));
            }
        }
        return path;
    }

    @Test
    public void showsHolesBetweenAndInsidePieces() throws IOException {
        Path a = file("a", 16 * BLOCK, 0, 1, 8);
        Path b = file("b", 4 * BLOCK, 0, 3);
        DiskLayout layout = new DiskLayout(
                100L * BLOCK,
                List.of(
                        new Piece(10L * BLOCK, 9L * BLOCK, a, 0),
                        new Piece(19L * BLOCK, 20L * BLOCK, b, 0),
                        new Piece(50L * BLOCK, BLOCK, a, 8L * BLOCK)));
        try (LayoutReader reader = new LayoutReader(layout)) {
            List<Extent> found = new ArrayList<>();
            Optional<Extent> next = reader.nextData(0);
            while (next.isPresent()) {
                found.add(next.get());
                next = reader.nextData(next.get().end());
            }
            assertEquals(
                    List.of(
                            new Extent(10L * BLOCK, 2 * BLOCK),
                            new Extent(18L * BLOCK, 2 * BLOCK),
                            new Extent(22L * BLOCK, BLOCK),
                            new Extent(50L * BLOCK, BLOCK)),
                    found);
            assertEquals(Optional.of(new Extent(18L * BLOCK + 5, 2 * BLOCK - 5)), reader.nextData(18L * BLOCK + 5));
        }
    }

    @Test
    public void readsTheSameAsTheDiskWrittenOut() throws IOException {
        Random random = new Random(99);
        Path[] files = {file("a", 16 * BLOCK, 0, 1, 8, 15), file("b", 3 * BLOCK + 77, 0, 2), file("c", 0)};
        for (int round = 0; round < 50; round++) {
            List<Piece> pieces = new ArrayList<>();
            long offset = random.nextInt(3000);
            for (int i = 0; i < 6; i++) {
                long length = random.nextInt(20000);
                pieces.add(new Piece(offset, length, files[random.nextInt(3)], random.nextInt(10 * BLOCK)));
                offset += length + (random.nextBoolean() ? 0 : random.nextInt(30000));
            }
            int size = (int) offset + random.nextInt(1000);
            byte[] expected = new byte[size];
            for (Piece piece : pieces) {
                byte[] content = Files.readAllBytes(piece.file());
                int from = (int) Math.min(piece.fileOffset(), content.length);
                int count = (int) Math.min(piece.length(), content.length - from);
                System.arraycopy(content, from, expected, (int) piece.offset(), count);
            }
            try (LayoutReader reader = new LayoutReader(new DiskLayout(size, pieces))) {
                ByteBuffer all = ByteBuffer.allocateDirect(size);
                reader.read(0, all);
                assertEquals(ByteBuffer.wrap(expected), all.flip());
                int from = random.nextInt(size);
                ByteBuffer some = ByteBuffer.allocate(random.nextInt(size - from));
                reader.read(from, some);
                assertEquals(ByteBuffer.wrap(expected, from, some.capacity()), some.flip());
                byte[] sparse = new byte[size];
                Optional<Extent> next = reader.nextData(0);
                while (next.isPresent()) {
                    int at = (int) next.get().offset();
                    reader.read(at, ByteBuffer.wrap(sparse, at, (int) next.get().length()));
                    next = reader.nextData(next.get().end());
                }
                assertArrayEquals(expected, sparse);
            }
        }
    }

    @Test
    public void refusesToReadBehindTheDisk() throws IOException {
        try (LayoutReader reader = new LayoutReader(new DiskLayout(100, List.of()))) {
            assertThrows(EOFException.class, () -> reader.read(50, ByteBuffer.allocate(51)));
            reader.read(50, ByteBuffer.allocate(50));
            assertTrue(reader.nextData(0).isEmpty());
        }
    }

    @Test
    public void closesWhatItOpened_whenAFileIsMissing() throws IOException {
        Path here = file("a", BLOCK);
        Path missing = folder.getRoot().toPath().resolve("missing");
        DiskLayout layout =
                new DiskLayout(2 * BLOCK, List.of(new Piece(0, BLOCK, here, 0), new Piece(BLOCK, BLOCK, missing, 0)));
        assertThrows(NoSuchFileException.class, () -> new LayoutReader(layout));
    }
}
