package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Compresses chunks in parallel and hands them on in the order in which they came, in the caller's thread. Used by one thread. At most {@link
 * BufferPool#COUNT} chunks are on their way, each with one buffer.
 */
final class ChunkCompressor implements AutoCloseable {

    private final BufferPool results = new BufferPool();
    private final Queue<Future<CompressedChunk>> inFlight = new ArrayDeque<>();
    private final BlockingQueue<ClusterCompressor> idle;
    private final List<Runnable> closings = new ArrayList<>();
    private final ExecutorService threads;
    private final Consumer<CompressedChunk> next;

    ChunkCompressor(int wantedThreads, Supplier<ClusterCompressor> compressors, Consumer<CompressedChunk> next) {
        int count = Math.min(wantedThreads, BufferPool.COUNT);
        this.next = next;
        this.idle = new ArrayBlockingQueue<>(count);
        this.threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "qcow2-compress");
            thread.setDaemon(true);
            return thread;
        });
        try {
            for (int i = 0; i < count; i++) {
                ClusterCompressor compressor = compressors.get();
                idle.add(compressor);
                closings.add(compressor::close);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Takes a chunk, and hands on those that are ready. */
    void submit(long firstCluster, BufferPool.Shared source) throws InterruptedException {
        while (inFlight.size() >= BufferPool.COUNT
                || (!inFlight.isEmpty() && inFlight.element().isDone())) {
            handOn();
        }
        BufferPool.Shared target = results.take();
        ByteBuffer bytes = padded(source.bytes());
        source.retain();
        inFlight.add(threads.submit(() -> {
            try {
                return compress(firstCluster, bytes, target);
            } finally {
                source.release();
            }
        }));
    }

    /** Hands on all that is left. */
    void drain() throws InterruptedException {
        while (!inFlight.isEmpty()) {
            handOn();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        Closing.all(closings);
        closings.clear();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private CompressedChunk compress(long firstCluster, ByteBuffer bytes, BufferPool.Shared target)
            throws InterruptedException {
        ClusterCompressor compressor = idle.take();
        try {
            return CompressedChunk.of(firstCluster, bytes, target, compressor);
        } finally {
            idle.add(compressor);
        }
    }

    /** The last cluster of the disk may not be whole; nobody else looks at what is behind the limit. */
    private static ByteBuffer padded(ByteBuffer source) {
        int end = source.limit();
        int padded = Math.toIntExact(Qcow2Header.clusters(end) * Qcow2Header.CLUSTER);
        ByteBuffer bytes = source.duplicate().limit(padded);
        for (int index = end; index < padded; index++) {
            bytes.put(index, (byte) 0);
        }
        return bytes;
    }

    private void handOn() throws InterruptedException {
        try {
            CompressedChunk chunk = inFlight.remove().get();
            next.accept(chunk);
            chunk.bytes().release();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a cluster could not be compressed", e);
        }
    }
}
