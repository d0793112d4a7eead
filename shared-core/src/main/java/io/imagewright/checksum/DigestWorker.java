package io.imagewright.checksum;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** One digest and the thread that computes it. */
final class DigestWorker {

    /** Enough that the reader seldom waits, little enough that {@link #stop} has little to give back. */
    private static final int QUEUE = 32;

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16).asReadOnlyBuffer();

    /** A part of the stream. */
    sealed interface Part {}

    /** Bytes; {@code done} is run when they are not needed any more. */
    record Data(ByteBuffer bytes, Runnable done) implements Part {}

    /** A run of zeros. */
    record Zeros(long count) implements Part {}

    /** No more parts. */
    record End() implements Part {}

    private final MessageDigest digest;
    private final BlockingQueue<Part> queue = new ArrayBlockingQueue<>(QUEUE);
    private final CompletableFuture<String> result = new CompletableFuture<>();
    private final Thread thread;

    private DigestWorker(String name, MessageDigest digest) {
        this.digest = digest;
        this.thread = new Thread(this::run, "digest-" + name);
        thread.setDaemon(true);
    }

    static DigestWorker start(String name, MessageDigest digest) {
        DigestWorker worker = new DigestWorker(name, digest);
        worker.thread.start();
        return worker;
    }

    /** Waits for room in the queue. */
    void put(Part part) throws InterruptedException {
        queue.put(part);
    }

    /** The hexadecimal digest, after the {@link End}; or how it failed. */
    Future<String> result() {
        return result;
    }

    /** Ends the thread at its next step, waits for that, and drops what is queued. */
    void stop() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        for (Part part = queue.poll(); part != null; part = queue.poll()) {
            release(part);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (Part part = queue.take(); !(part instanceof End); part = queue.take()) {
                take(part);
            }
            result.complete(HexFormat.of().formatHex(digest.digest()));
        } catch (InterruptedException e) {
            result.cancel(false);
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }

    /** After a failure the parts are still taken, so that nobody waits for a buffer or for the queue; the failure shows in the end. */
    private void take(Part part) throws InterruptedException {
        try {
            if (!result.isDone()) {
                feed(part);
            }
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        } finally {
            release(part);
        }
    }

    private void feed(Part part) throws InterruptedException {
        if (part instanceof Data data) {
            digest.update(data.bytes());
        } else if (part instanceof Zeros zeros) {
            for (long left = zeros.count(); left > 0; left -= ZEROS.capacity()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                digest.update(ZEROS.duplicate().limit((int) Math.min(left, ZEROS.capacity())));
            }
        }
    }

    private static void release(Part part) {
        if (part instanceof Data data) {
            data.done().run();
        }
    }
}
