package io.imagewright.format;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ProcessExec;
import io.imagewright.spec.ImageDescription.Format;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** What every output format promises. */
public abstract class OutputWriterContract {

    static final long MIB = 1 << 20;

    private static final Exec EXEC = new ProcessExec();

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    /** Format word. */
    abstract String format();

    Map<String, String> options() {
        return Map.of();
    }

    /** qemu's name of the format. */
    abstract String qemuFormat();

    /** What qemu can look at: the file itself, or what it holds. */
    Path image(Path written) throws Exception {
        return written;
    }

    /** Of a disk of that many bytes. */
    long virtualSize(long size) {
        return size;
    }

    /** Bytes that the format needs for itself, however little the disk holds. */
    long overhead() {
        return 0;
    }

    /** A check of the whole file beyond its content. */
    void check(Path file) throws Exception {}

    @Test
    public void readsBackIdentical_mixedContent() throws Exception {
        roundTrip(disk(40 * MIB)
                .text(0, (int) (3 * MIB + 700))
                .random(5 * MIB + 4096, 300_000)
                .text(9 * MIB, 65536)
                .random(9 * MIB + 65536, 65536)
                .text(9 * MIB + 131072, 65536)
                .zeros(12 * MIB, (int) MIB)
                .text(40 * MIB - 1234, 1234));
    }

    @Test
    public void readsBackIdentical_empty() throws Exception {
        WrittenOutput written = roundTrip(disk(64 * MIB));
        assertTrue("stored " + written.storedSize(), written.storedSize() <= MIB + overhead());
    }

    @Test
    public void readsBackIdentical_tiny() throws Exception {
        roundTrip(disk(512).text(0, 512));
    }

    @Test
    public void readsBackIdentical_endInsideACluster() throws Exception {
        roundTrip(disk(3 * MIB + 65536 + 512).text(2 * MIB, (int) (MIB + 65536 + 512)));
    }

    @Test
    public void readsBackIdentical_incompressible() throws Exception {
        roundTrip(disk(20 * MIB).random(0, (int) (20 * MIB)));
    }

    @Test
    public void readsBackIdentical_manySmallRuns() throws Exception {
        TestDisk disk = disk(8 * MIB);
        for (long offset = 4096; offset < 8 * MIB; offset += 12288) {
            disk.text(offset, 4096);
        }
        roundTrip(disk);
    }

    @Test
    public void readsBackIdentical_dataAtBothEndsOf5GiB() throws Exception {
        WrittenOutput written = roundTrip(disk(5120 * MIB).text(0, 100_000).text(5120 * MIB - 100_000, 100_000), "md5");
        assertTrue("sparse", diskUsage(written.path()) < 2 * MIB + overhead());
    }

    @Test
    public void staysSparse_whenTheSourceHoldsZeros() throws Exception {
        WrittenOutput written =
                roundTrip(disk(32 * MIB).zeros(0, (int) (32 * MIB)).text(16 * MIB + 8192, 4096));
        assertTrue("on disk " + diskUsage(written.path()), diskUsage(written.path()) <= MIB + overhead());
        assertTrue("stored " + written.storedSize(), written.storedSize() <= MIB + overhead());
    }

    @Test
    public void givesTheDigestsOfTheRealTools() throws Exception {
        WrittenOutput written =
                roundTrip(disk(10 * MIB).text(MIB, (int) (2 * MIB + 5)).random(5 * MIB, 99));
        for (String word : List.of("md5", "sha1", "sha256", "sha512")) {
            String line = Tools.run(
                    folder.getRoot().toPath(), word + "sum", written.path().toString());
            assertEquals(line.split(" ")[0], written.digests().get(word));
        }
        assertEquals(
                List.of("md5", "sha1", "sha256", "sha512"),
                List.copyOf(written.digests().keySet()));
    }

    @Test
    public void givesTheSameBytes_onAnyNumberOfProcessors() throws Exception {
        TestDisk disk = disk(30 * MIB).text(0, (int) (20 * MIB)).random(22 * MIB + 4096, (int) (3 * MIB));
        byte[] expected = Files.readAllBytes(write(disk, "out", 1).path());
        for (int threads : List.of(2, 5)) {
            // the name is in the bytes of some
            assertArrayEquals(
                    expected, Files.readAllBytes(write(disk, "out", threads).path()));
        }
    }

    @Test
    public void tellsProgressUpToTheEnd() throws Exception {
        List<Long> positions = new ArrayList<>();
        TestDisk disk = disk(6 * MIB).text(0, (int) (3 * MIB));
        OutputWriters.write(disk.layout(), List.of(target("out")), List.of(DigestAlgorithm.MD5), EXEC, positions::add);
        assertEquals(List.of(MIB, 2 * MIB, 3 * MIB, 6 * MIB), positions);
    }

    @Test
    public void leavesNothing_whenTheDiskIsFull() throws Exception {
        // the one full disk that every user has
        Path link = folder.getRoot().toPath().resolve("out." + format());
        Files.createSymbolicLink(link, Path.of("/dev/full"));
        TestDisk disk = disk(6 * MIB).text(0, (int) (6 * MIB));
        Map<Thread, StackTraceElement[]> before = Thread.getAllStackTraces();
        ImageException error = assertThrows(
                ImageException.class,
                () -> OutputWriters.write(
                        disk.layout(),
                        List.of(target("whole"), target("out")),
                        List.of(DigestAlgorithm.MD5),
                        EXEC,
                        p -> {}));
        assertEquals(Kind.ENVIRONMENT, error.kind());
        assertTrue(error.getMessage(), error.getMessage().contains(link.toString()));
        assertTrue(error.getMessage(), error.getMessage().contains(fullDisk()));
        assertFalse(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
        assertFalse(Files.exists(target("whole").path()));
        assertEquals(Set.of(), newThreads(before.keySet()));
    }

    @Test
    public void leavesNothing_whenInterrupted() throws Exception {
        TestDisk disk = disk(200 * MIB).random(0, (int) (50 * MIB));
        Map<Thread, StackTraceElement[]> before = Thread.getAllStackTraces();
        AtomicReference<Throwable> seen = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                OutputWriters.write(
                        disk.layout(),
                        List.of(target("out")),
                        List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA256),
                        EXEC,
                        position -> Thread.currentThread().interrupt());
            } catch (ImageException e) {
                seen.set(e);
            }
            flag.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        thread.join();
        assertEquals(Kind.CANCELLED, ((ImageException) seen.get()).kind());
        assertTrue("still interrupted", flag.get());
        assertFalse(Files.exists(target("out").path()));
        assertEquals(Set.of(), newThreads(before.keySet()));
    }

    @Test
    public void toldAsAnError_whenTheDirectoryIsMissing() throws Exception {
        TestDisk disk = disk(MIB);
        OutputTarget target =
                new OutputTarget(target("x").output(), folder.getRoot().toPath().resolve("missing/out"));
        ImageException error = assertThrows(
                ImageException.class,
                () -> OutputWriters.write(disk.layout(), List.of(target), List.of(), EXEC, p -> {}));
        assertEquals(Kind.ENVIRONMENT, error.kind());
    }

    /** What is said of a disk that is full. */
    String fullDisk() {
        return ": disk full";
    }

    final TestDisk disk(long size) throws Exception {
        return new TestDisk(folder.newFile().toPath(), size);
    }

    final WrittenOutput roundTrip(TestDisk disk) throws Exception {
        return roundTrip(disk, "md5", "sha1", "sha256", "sha512");
    }

    final WrittenOutput roundTrip(TestDisk disk, String... digests) throws Exception {
        WrittenOutput written = write(disk, "out", 2, digests);
        Tools.run(
                folder.getRoot().toPath(),
                "qemu-img",
                "compare",
                "-f",
                "raw",
                "-F",
                qemuFormat(),
                disk.file().toString(),
                image(written.path()).toString());
        check(written.path());
        assertEquals(virtualSize(Files.size(disk.file())), written.virtualSize());
        return written;
    }

    final WrittenOutput write(TestDisk disk, String name, int threads, String... digests) {
        return OutputWriters.write(
                        disk.layout(),
                        List.of(target(name)),
                        DigestAlgorithm.of(List.of(digests)),
                        EXEC,
                        position -> {},
                        threads)
                .get(0);
    }

    final OutputTarget target(String name) {
        Format format = new Format(format(), options(), null, name + "." + format());
        PlannedOutput output =
                OutputPlan.of(List.of(format), "image", "1", "", 1).get(0);
        return new OutputTarget(output, folder.getRoot().toPath().resolve(output.fileName()));
    }

    private long diskUsage(Path file) throws Exception {
        return Long.parseLong(Tools.run(folder.getRoot().toPath(), "stat", "-c", "%b", file.toString())
                        .strip())
                * 512;
    }

    /** A pool is over a moment before its threads are. */
    private static Set<Thread> newThreads(Set<Thread> before) throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!before.contains(thread)) {
                thread.join(1000);
            }
        }
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive())
                .filter(thread -> thread.getName().startsWith("digest-")
                        || thread.getName().endsWith("-compress"))
                .collect(Collectors.toSet());
    }
}
