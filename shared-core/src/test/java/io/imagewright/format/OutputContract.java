package io.imagewright.format;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Extent;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ProcessExec;
import io.imagewright.spec.ImageDescription.Format;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** What every output promises when it fails, whatever it holds. */
public abstract class OutputContract {

    static final long MIB = 1 << 20;

    static final GuestInfo GUEST = new GuestInfo("amd64", "linux", 1_700_000_000, "image", "1");

    static final Exec EXEC = new ProcessExec();

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    /** Format word. */
    abstract String format();

    Map<String, String> options() {
        return Map.of();
    }

    /** With so many bytes that no algorithm makes smaller. */
    abstract DiskLayout random(int length) throws Exception;

    /** The part of the disk that is written; null of an output that holds all of it. */
    @Nullable
    Extent window() {
        return null;
    }

    /** What is said of a disk that is full. */
    String fullDisk() {
        return ": disk full";
    }

    @Test
    public void leavesNothing_whenTheDiskIsFull() throws Exception {
        // the one full disk that every user has
        Path link = target("out").path();
        Files.createSymbolicLink(link, Path.of("/dev/full"));
        DiskLayout layout = random((int) (6 * MIB));
        Map<Thread, StackTraceElement[]> before = Thread.getAllStackTraces();
        ImageException error = assertThrows(
                ImageException.class,
                () -> OutputWriters.write(
                        layout,
                        List.of(target("whole"), target("out")),
                        List.of(DigestAlgorithm.MD5),
                        GUEST,
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
        DiskLayout layout = random((int) (50 * MIB));
        Map<Thread, StackTraceElement[]> before = Thread.getAllStackTraces();
        AtomicReference<Throwable> seen = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                OutputWriters.write(
                        layout,
                        List.of(target("out")),
                        List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA256),
                        GUEST,
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
    public void reportsAnError_whenTheDirectoryIsMissing() throws Exception {
        DiskLayout layout = random((int) MIB);
        OutputTarget target =
                new OutputTarget(target("x").output(), folder.getRoot().toPath().resolve("missing/out"), window());
        ImageException error = assertThrows(
                ImageException.class,
                () -> OutputWriters.write(layout, List.of(target), List.of(), GUEST, EXEC, p -> {}));
        assertEquals(Kind.ENVIRONMENT, error.kind());
    }

    final void passesItsOwnCheck(WrittenOutput written) throws Exception {
        OutputCheck check = new OutputCheck(
                written.path(), written.virtualSize(), folder.newFolder().toPath(), EXEC, done -> {});
        assertEquals(List.of(), check.findings(format()));
    }

    @Test
    public void completesItsOptions() {
        OutputFormat format = OutputFormats.of(format());
        SortedMap<String, String> options = format.complete(options());
        assertTrue(options.toString(), options.keySet().containsAll(options().keySet()));
        assertEquals("complete ones stay as they are", options, format.complete(options));
        ImageException error =
                assertThrows(ImageException.class, () -> format.complete(Map.of("noSuchOption", "value")));
        assertEquals(Kind.DESCRIPTION, error.kind());
        assertTrue(error.getMessage(), error.getMessage().contains("format " + format()));
    }

    final WrittenOutput write(DiskLayout layout, String name, int threads, String... digests) {
        return OutputWriters.write(
                        layout,
                        List.of(target(name)),
                        DigestAlgorithm.of(List.of(digests)),
                        GUEST,
                        EXEC,
                        position -> {},
                        threads)
                .get(0);
    }

    final OutputTarget target(String name) {
        Format format = new Format(format(), options(), null, name + "." + format());
        PlannedOutput output =
                OutputPlan.of(List.of(format), "image", "1", "", 1).get(0);
        return new OutputTarget(output, folder.getRoot().toPath().resolve(output.fileName()), window());
    }

    final String run(String... argv) throws Exception {
        return Tools.run(folder.getRoot().toPath(), argv);
    }

    final void givesTheDigestsOfTheRealTools(WrittenOutput written) throws Exception {
        for (String word : List.of("md5", "sha1", "sha256", "sha512")) {
            String line = run(word + "sum", written.path().toString());
            assertEquals(line.split(" ")[0], written.digests().get(word));
        }
        assertEquals(
                List.of("md5", "sha1", "sha256", "sha512"),
                List.copyOf(written.digests().keySet()));
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
                        || thread.getName().startsWith("feed-")
                        || thread.getName().endsWith("-compress"))
                .collect(Collectors.toSet());
    }
}
