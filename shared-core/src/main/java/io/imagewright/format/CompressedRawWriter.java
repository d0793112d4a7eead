package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

import io.imagewright.checksum.Digests;

/**
 * The bytes of the disk as a compressed stream. Parts are compressed in parallel and written in order, so that the bytes are the same on any
 * number of processors; the digests are computed while it is written.
 */
final class CompressedRawWriter implements OutputWriter {

    private final long size;
    private final OutputFile file;
    private final Digests digests;
    private final StreamCompression compression;
    private final int level;
    private final InOrder<byte[]> tasks;
    private byte[] part;
    private long partStart;

    /** Bytes of the part that are settled; what is behind them may be of an earlier part. */
    private int filled;

    /** Parts that are compressed, to be filled again: fresh memory takes longer than what is written to it. */
    private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();

    /** A part of zeros, compressed; empty until there is one. */
    private byte[] zeros = {};

    private final Semaphore waiting = new Semaphore(4);
    private long written;

    CompressedRawWriter(
            OutputFile file, long size, StreamCompression compression, int level, int threads, Digests digests) {
        this.file = file;
        this.size = size;
        this.compression = compression;
        this.level = level;
        this.digests = digests;
        int affordable = affordable(threads, compression.memory(level));
        this.tasks = new InOrder<>("raw-compress", affordable, affordable + 1, this::write);
        this.part = new byte[compression.partSize()];
    }

    /** As many threads as a quarter of the heap is enough for, but one. */
    private static int affordable(int threads, long memory) {
        return (int) Math.max(1, Math.min(threads, Runtime.getRuntime().maxMemory() / 4 / memory));
    }

    @Override
    public void data(long offset, BufferPool.Shared data) throws InterruptedException {
        ByteBuffer bytes = data.bytes().duplicate();
        long at = offset;
        while (bytes.hasRemaining()) {
            advance(at);
            int inPart = (int) (at - partStart);
            int count = Math.min(bytes.remaining(), part.length - inPart);
            fillZeros(inPart);
            bytes.get(part, inPart, count);
            filled = inPart + count;
            at += count;
        }
    }

    /** Ends parts until one holds this byte of the disk. */
    private void advance(long offset) throws InterruptedException {
        while (offset >= partStart + part.length) {
            endPart(part.length);
        }
    }

    private void endPart(int length) throws InterruptedException {
        if (filled == 0 && length == part.length) {
            if (zeros.length == 0) {
                fillZeros(length);
                zeros = compression.part(part, length, level);
            }
            tasks.submit(() -> zeros);
        } else {
            fillZeros(length);
            byte[] bytes = part;
            tasks.submit(() -> {
                byte[] compressed = compression.part(bytes, length, level);
                spare.add(bytes);
                return compressed;
            });
            byte[] used = spare.poll();
            part = used == null ? new byte[part.length] : used;
        }
        partStart += length;
        filled = 0;
    }

    private void fillZeros(int end) {
        Arrays.fill(part, filled, Math.max(filled, end), (byte) 0);
    }

    private void write(byte[] bytes) {
        try {
            // parts that wait for a digest take memory
            waiting.acquire();
            digests.update(ByteBuffer.wrap(bytes), waiting::release);
        } catch (InterruptedException e) {
            // the pass looks at the flag before its next step
            Thread.currentThread().interrupt();
        }
        file.write(written, ByteBuffer.wrap(bytes));
        written += bytes.length;
    }

    @Override
    public Written finish() throws InterruptedException {
        advance(size);
        if (size > partStart) {
            endPart((int) (size - partStart));
        }
        tasks.drain();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        file.finish(written);
        return new Written(size, written, digests.finish());
    }

    @Override
    public void close() {
        tasks.close();
    }
}
