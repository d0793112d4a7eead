package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Compresses chunks in parallel and hands them on in the order in which they came, in the caller's thread. Used by one thread. At most {@link
 * BufferPool#COUNT} chunks are on their way, each with one buffer.
 */
final class ChunkCompressor implements AutoCloseable {

    private final BufferPool results = new BufferPool();
    private final BlockingQueue<ClusterCompressor> idle;
    private final List<Runnable> closings = new ArrayList<>();
    private final InOrder<CompressedChunk> tasks;
    private final ClusterSize size;

    ChunkCompressor(
            int wantedThreads,
            ClusterSize size,
            Supplier<ClusterCompressor> compressors,
            Consumer<CompressedChunk> next) {
        int count = Math.min(wantedThreads, BufferPool.COUNT);
        this.size = size;
        this.idle = new ArrayBlockingQueue<>(count);
        this.tasks = new InOrder<>("qcow2-compress", count, BufferPool.COUNT, chunk -> {
            next.accept(chunk);
            chunk.bytes().release();
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
        tasks.makeRoom();
        BufferPool.Shared target = results.take();
        ByteBuffer bytes = padded(source.bytes());
        source.retain();
        tasks.submit(() -> {
            try {
                return compress(firstCluster, bytes, target);
            } finally {
                source.release();
            }
        });
    }

    /** Hands on all that is left. */
    void drain() throws InterruptedException {
        tasks.drain();
    }

    @Override
    public void close() {
        tasks.close();
        Closing.all(closings);
        closings.clear();
    }

    private CompressedChunk compress(long firstCluster, ByteBuffer bytes, BufferPool.Shared target)
            throws InterruptedException {
        ClusterCompressor compressor = idle.take();
        try {
            return CompressedChunk.of(firstCluster, bytes, target, compressor, size);
        } finally {
            idle.add(compressor);
        }
    }

    /** The last cluster of the disk may not be whole; nobody else looks at what is behind the limit. */
    private ByteBuffer padded(ByteBuffer source) {
        int end = source.limit();
        int padded = Math.toIntExact(size.count(end) * size.bytes());
        ByteBuffer bytes = source.duplicate().limit(padded);
        for (int index = end; index < padded; index++) {
            bytes.put(index, (byte) 0);
        }
        return bytes;
    }
}
