package io.imagewright.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.imagewright.error.ImageException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class SparseFileTest {

    private static final int MIB = 1 << 20;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path file(String name) {
        return folder.getRoot().toPath().resolve(name);
    }

    private static ByteBuffer random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    @Test
    public void distinguishesDataFromHoles() throws IOException {
        try (SparseFile file = SparseFile.create(file("sparse"), 64L * MIB)) {
            file.write(MIB, random(4096, 1));
            file.write(10L * MIB, random(2 * MIB, 2));
            assertEquals(64L * MIB, file.size());
            assertEquals(
                    List.of(new Extent(MIB, 4096), new Extent(10L * MIB, 2 * MIB)), file.dataExtents(0, 64L * MIB));
            assertEquals(List.of(new Extent(11L * MIB, 1000)), file.dataExtents(11L * MIB, 1000));
            assertEquals(List.of(), file.dataExtents(2L * MIB, MIB));
            assertEquals(List.of(), file.dataExtents(60L * MIB, 1000L * MIB));
            assertEquals(2 * MIB + 4096, file.storedSize());
        }
    }

    @Test
    public void punchesHoles() throws IOException {
        try (SparseFile file = SparseFile.create(file("sparse"), 0)) {
            file.write(0, random(2 * MIB, 1));
            file.punch(4096, MIB);
            file.punch(2L * MIB - 4096, 100L * MIB);
            assertEquals(2 * MIB, file.size());
            assertEquals(
                    List.of(new Extent(0, 4096), new Extent(MIB + 4096, MIB - 8192)), file.dataExtents(0, 2 * MIB));
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            file.read(4096, buffer);
            assertArrayEquals(new byte[4096], buffer.array());
        }
    }

    @Test
    public void readsAndWritesAllKindsOfBuffers() throws IOException {
        try (SparseFile file = SparseFile.create(file("data"), 0)) {
            ByteBuffer content = random(MIB + 777, 5);
            file.write(13, content.duplicate());
            ByteBuffer direct =
                    ByteBuffer.allocateDirect(MIB + 800).position(10).limit(MIB + 787);
            file.read(13, direct);
            assertEquals(content, direct.position(10));
            ByteBuffer heap = ByteBuffer.allocate(MIB + 800).position(23);
            file.read(13, heap.limit(MIB + 800));
            assertEquals(content, heap.position(23));
            file.write(5_000_000, direct.position(10));
            ByteBuffer again = ByteBuffer.allocate(MIB + 777);
            file.read(5_000_000, again);
            assertEquals(content, again.flip());
        }
    }

    @Test
    public void readsBeyond4GiB() throws IOException {
        long far = 5L << 40;
        try (SparseFile file = SparseFile.create(file("huge"), far + 4096)) {
            file.write(far, random(4096, 9));
            assertEquals(List.of(new Extent(far, 4096)), file.dataExtents(0, far + 4096));
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            file.read(far, buffer);
            assertEquals(random(4096, 9), buffer.flip());
        }
    }

    @Test
    public void endsInAnEofException_whenTheFileIsShort() throws IOException {
        try (SparseFile file = SparseFile.create(file("short"), 100)) {
            assertThrows(EOFException.class, () -> file.read(50, ByteBuffer.allocate(51)));
        }
    }

    @Test
    public void namesTheMissingFile() {
        assertThrows(NoSuchFileException.class, () -> SparseFile.openRead(file("nowhere")));
    }

    @Test
    public void neverWritesToAFileOpenedForReading() throws IOException {
        Files.write(file("source"), new byte[100]);
        try (SparseFile file = SparseFile.openRead(file("source"))) {
            assertThrows(IOException.class, () -> file.write(0, random(1, 1)));
            assertThrows(IOException.class, () -> file.punch(0, 10));
            assertThrows(IOException.class, () -> file.setSize(1));
        }
    }

    @Test
    public void refusesUseAfterClose() throws IOException {
        SparseFile file = SparseFile.create(file("closed"), 100);
        file.close();
        file.close();
        assertThrows(IllegalStateException.class, () -> file.read(0, ByteBuffer.allocate(1)));
    }

    @Test
    public void saysDiskFull() throws IOException {
        try (SparseFile file = SparseFile.openWrite(Path.of("/dev/full"))) {
            ImageException error = assertThrows(ImageException.class, () -> file.write(0, random(10, 1)));
            assertEquals(ImageException.Kind.ENVIRONMENT, error.kind());
            assertTrue(error.getMessage(), error.getMessage().contains("/dev/full: disk full"));
        }
        IOException jdk = assertThrows(
                IOException.class,
                () -> Files.newOutputStream(Path.of("/dev/full")).write(1));
        assertTrue(DiskFull.recognise(file("x"), jdk).isPresent());
        assertTrue(DiskFull.recognise(file("x"), new IOException()).isEmpty());
    }

    @Test
    public void copiesOnlyWhatIsNotZero() throws IOException {
        List<Long> progress = new ArrayList<>();
        try (SparseFile from = SparseFile.create(file("from"), 0);
                SparseFile to = SparseFile.create(file("to"), 20L * MIB)) {
            from.write(0, ByteBuffer.allocate(8 * MIB));
            from.write(3L * MIB + 1, random(1, 1));
            from.write(5L * MIB, random(3 * MIB - 100, 2));
            List<Extent> extents = List.of(new Extent(512, 4L * MIB), new Extent(5L * MIB - 512, 3L * MIB));
            SparseCopy.copy(from, extents, to, MIB, progress::add);
            assertEquals(3 * MIB + 4096, to.storedSize(), 8192);
            for (Extent extent : extents) {
                ByteBuffer expected = ByteBuffer.allocate((int) extent.length());
                ByteBuffer actual = ByteBuffer.allocate((int) extent.length());
                from.read(extent.offset(), expected);
                to.read(extent.offset() + MIB, actual);
                assertEquals(expected.flip(), actual.flip());
            }
            assertEquals(7L * MIB, (long) progress.get(progress.size() - 1));
        }
    }

    @Test
    public void copiesInsideTheKernel_andByHandWhereThatDoesNotGo() throws IOException {
        List<Long> progress = new ArrayList<>();
        ByteBuffer content = random(20 * MIB, 3);
        try (SparseFile from = SparseFile.create(file("from"), 0);
                SparseFile to = SparseFile.create(file("to"), 40L * MIB);
                SparseFile device = SparseFile.openRead(Path.of("/dev/zero"))) {
            from.write(0, content.duplicate());
            assertEquals(MIB, to.copyFrom(from, 0, 0, MIB));
            assertEquals(0, to.copyFrom(device, 0, 0, MIB));
            List<Extent> extents = List.of(new Extent(100, 18L * MIB), new Extent(19L * MIB, MIB));
            SparseCopy.copyWhole(from, extents, to, MIB, progress::add);
            SparseCopy.copyWhole(device, List.of(new Extent(0, MIB)), to, 0, done -> {});
            for (Extent extent : extents) {
                ByteBuffer actual = ByteBuffer.allocate((int) extent.length());
                to.read(extent.offset() + MIB, actual);
                assertEquals(content.slice((int) extent.offset(), (int) extent.length()), actual.flip());
            }
            assertEquals(19L * MIB, (long) progress.get(progress.size() - 1));
        }
    }

    @Test
    public void stopsCopying_whenInterrupted() throws IOException {
        try (SparseFile from = SparseFile.create(file("from"), 20L * MIB);
                SparseFile to = SparseFile.create(file("to"), 20L * MIB)) {
            List<Extent> all = List.of(new Extent(0, 20L * MIB));
            ImageException error = assertThrows(
                    ImageException.class,
                    () -> SparseCopy.copy(
                            from, all, to, 0, done -> Thread.currentThread().interrupt()));
            assertEquals(ImageException.Kind.CANCELLED, error.kind());
        } finally {
            Thread.interrupted();
        }
    }
}
