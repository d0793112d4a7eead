package io.imagewright.exec;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.imagewright.error.ImageException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class FedProgramTest {

    private static final int PIECE = 300_000;

    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger fed = new AtomicInteger();

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void givesTheProgramEverything() throws Exception {
        Path target = folder.getRoot().toPath().resolve("out");
        try (FedProgram program = start(30, "dd", "bs=64k", "of=" + target)) {
            for (int i = 0; i < 40; i++) {
                assertTrue(program.feed(piece(i), done::incrementAndGet));
            }
            ExecResult result = program.finish();
            assertEquals(result.stderr(), 0, result.exitCode());
            assertTrue(result.stderr(), result.stderr().contains("bytes"));
        }
        assertEquals(40, done.get());
        assertEquals(40L * PIECE, Files.size(target));
        assertEquals(39, Files.readAllBytes(target)[40 * PIECE - 1]);
    }

    @Test
    public void reportsThatTheProgramTakesNoMore_andItsOutput() throws Exception {
        try (FedProgram program = start(30, "sh", "-c", "echo no more >&2; exit 3")) {
            int given = 1;
            while (program.feed(piece(1), done::incrementAndGet)) {
                given++;
            }
            ExecResult result = program.finish();
            assertEquals(3, result.exitCode());
            assertEquals("no more\n", result.stderr());
            program.close();
            assertEquals(given, done.get());
        }
    }

    @Test
    public void isAnError_whenTheProgramHangs() throws Exception {
        FedProgram program = start(1, "sleep", "1000");
        try (program) {
            ImageException error = assertThrows(ImageException.class, () -> feedOn(program));
            assertTrue(error.getMessage(), error.getMessage().contains("within 1 seconds"));
        }
        assertTrue("every buffer comes back", done.get() == fed.get());
        assertFalse(Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("feed-sleep")));
    }

    private void feedOn(FedProgram program) throws InterruptedException {
        fed.incrementAndGet();
        while (program.feed(piece(1), done::incrementAndGet)) {
            fed.incrementAndGet();
        }
    }

    @Test
    public void isAnError_whenTheProgramDoesNotEnd() throws Exception {
        try (FedProgram program = start(1, "sh", "-c", "cat > /dev/null; sleep 1000")) {
            assertTrue(program.feed(piece(1), done::incrementAndGet));
            assertThrows(ImageException.class, program::finish);
        }
    }

    private static ByteBuffer piece(int value) {
        byte[] bytes = new byte[PIECE];
        java.util.Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    private static FedProgram start(int seconds, String... argv) {
        return FedProgram.start(new Command(List.of(argv), Map.of(), Limits.ofTime(Duration.ofSeconds(seconds))));
    }
}
