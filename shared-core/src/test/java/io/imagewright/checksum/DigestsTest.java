package io.imagewright.checksum;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.junit.After;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class DigestsTest {

    private static final List<String> WORDS = List.of("sha512", "md5", "sha256", "sha1");

    @After
    public void noThreadIsLeft() {
        assertEquals(0, threads());
    }

    @Test
    public void agreesWithTheJdk_overDataAndZeros() throws Exception {
        byte[] data = new byte[3_000_001];
        new Random(1).nextBytes(data);
        java.util.Arrays.fill(data, 1_000_000, 2_000_000, (byte) 0);
        AtomicInteger released = new AtomicInteger();
        try (Digests digests = Digests.start(DigestAlgorithm.of(WORDS))) {
            digests.update(ByteBuffer.wrap(data, 0, 1_000_000), released::incrementAndGet);
            digests.updateZeros(1_000_000);
            ByteBuffer direct = ByteBuffer.allocateDirect(1_000_001).put(data, 2_000_000, 1_000_001);
            digests.update(direct.flip(), released::incrementAndGet);
            Map<String, String> results = digests.finish();
            assertEquals(WORDS, List.copyOf(results.keySet()));
            for (DigestAlgorithm algorithm : DigestAlgorithm.of(WORDS)) {
                byte[] expected = MessageDigest.getInstance(
                                algorithm.newDigest().getAlgorithm())
                        .digest(data);
                assertEquals(java.util.HexFormat.of().formatHex(expected), results.get(algorithm.word()));
            }
        }
        assertEquals(2, released.get());
    }

    @Test
    public void givesBuffersBackAtOnce_whenNothingIsToBeComputed() throws Exception {
        AtomicInteger released = new AtomicInteger();
        try (Digests digests = Digests.start(List.<DigestAlgorithm>of())) {
            digests.update(ByteBuffer.allocate(9), released::incrementAndGet);
            digests.updateZeros(Long.MAX_VALUE);
            assertEquals(Map.of(), digests.finish());
        }
        assertEquals(1, released.get());
    }

    @Test
    public void reportsTheFailureOfAWorker_andStillTakesEveryBuffer() throws Exception {
        AtomicInteger released = new AtomicInteger();
        try (Digests digests = Digests.start(Map.of("md5", new Failing()))) {
            for (int i = 0; i < 100; i++) {
                digests.update(ByteBuffer.allocate(10), released::incrementAndGet);
            }
            ImageException error = assertThrows(ImageException.class, digests::finish);
            assertEquals(Kind.INTERNAL, error.kind());
            assertTrue(error.getMessage(), error.getMessage().contains("out of order"));
        }
        assertEquals(100, released.get());
    }

    @Test
    public void givesAllBuffersBack_whenClosedEarly() throws Exception {
        AtomicInteger released = new AtomicInteger();
        try (Digests digests = Digests.start(DigestAlgorithm.of(WORDS))) {
            digests.updateZeros(1L << 50);
            for (int i = 0; i < 20; i++) {
                digests.update(ByteBuffer.allocate(1 << 20), released::incrementAndGet);
            }
        }
        assertEquals(20, released.get());
    }

    @Test
    public void letsGoOfTheCaller_whenInterruptedWhileTheQueueIsFull() throws Exception {
        AtomicInteger released = new AtomicInteger();
        AtomicInteger given = new AtomicInteger();
        AtomicReference<Throwable> seen = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try (Digests digests = Digests.start(DigestAlgorithm.of(List.of("md5", "sha1")))) {
                digests.updateZeros(1L << 50);
                while (true) {
                    given.incrementAndGet();
                    digests.update(ByteBuffer.allocate(1), released::incrementAndGet);
                }
            } catch (InterruptedException e) {
                seen.set(e);
            }
        });
        caller.start();
        waitFor(() -> caller.getState() == Thread.State.WAITING);
        caller.interrupt();
        caller.join();
        assertTrue(seen.get() instanceof InterruptedException);
        assertEquals(given.get(), released.get());
    }

    @Test
    public void namesTheKnownWords_whenOneIsUnknown() {
        ImageException error = assertThrows(ImageException.class, () -> DigestAlgorithm.of(List.of("md5", "crc32")));
        assertEquals(Kind.DESCRIPTION, error.kind());
        assertTrue(error.getMessage(), error.getMessage().contains("'crc32'"));
        assertTrue(error.getMessage(), error.getMessage().contains("md5, sha1, sha256, sha512"));
    }

    @Test
    public void countsAWordOnce() {
        assertEquals(List.of(DigestAlgorithm.MD5), DigestAlgorithm.of(List.of("md5", "md5")));
    }

    private static void waitFor(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertTrue(condition.getAsBoolean());
    }

    private static long threads() {
        return Stream.of(Thread.getAllStackTraces().keySet().toArray(Thread[]::new))
                .filter(thread -> thread.getName().startsWith("digest-") && thread.isAlive())
                .count();
    }

    private static final class Failing extends MessageDigest {

        Failing() {
            super("failing");
        }

        @Override
        protected void engineUpdate(byte input) {
            throw new IllegalStateException("out of order");
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int len) {
            throw new IllegalStateException("out of order");
        }

        @Override
        protected byte[] engineDigest() {
            return new byte[0];
        }

        @Override
        protected void engineReset() {
            // has no state
        }
    }
}
