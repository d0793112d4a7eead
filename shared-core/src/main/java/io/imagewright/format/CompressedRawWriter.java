package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

import io.imagewright.checksum.Digests;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/**
 * The bytes of the disk as a compressed stream. Parts are compressed in parallel and written in order, so that the bytes are the same on any
 * number of processors; the digests are computed while it is written.
 */
final class CompressedRawWriter implements OutputWriter {

    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(64 << 10).asReadOnlyBuffer();

    private final long size;
    private final OutputFile file;
    private final Digests digests;
    private final StreamCompression compression;
    private final int level;
    private final InOrder<Part> tasks;

    /** Direct: the compressors and the digests read and write it where it is, and no collection of garbage waits for them. */
    private ByteBuffer part;

    private long partStart;

    /** Bytes of the part that are settled; what is behind them may be of an earlier part. */
    private int filled;

    /** Buffers to be filled again: fresh memory takes longer than what is written to it. */
    private final Queue<ByteBuffer> spare = new ConcurrentLinkedQueue<>();

    /** A part of zeros, compressed; empty until there is one. */
    private ByteBuffer zeros = ByteBuffer.allocate(0);

    private final Semaphore waiting = new Semaphore(4);
    private long written;

    /** A compressed part, and what is done when nobody needs it any more. */
    private record Part(ByteBuffer bytes, Runnable done) {}

    CompressedRawWriter(
            OutputFile file, long size, StreamCompression compression, int level, int threads, Digests digests) {
        this.file = file;
        this.size = size;
        this.compression = compression;
        this.level = level;
        this.digests = digests;
        int affordable = affordable(threads, compression.memory(level));
        this.tasks = new InOrder<>("raw-compress", affordable, affordable + 1, this::write);
        this.part = buffer();
    }

    /** As many threads as a quarter of the memory is enough for, but one; what lies outside the heap may be as large as that. */
    private static int affordable(int threads, long memory) {
        return (int) Math.max(1, Math.min(threads, Runtime.getRuntime().maxMemory() / 4 / memory));
    }

    private ByteBuffer buffer() {
        ByteBuffer used = spare.poll();
        try {
            return used == null ? ByteBuffer.allocateDirect(compression.bound()) : used.clear();
        } catch (OutOfMemoryError full) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Not enough memory to compress",
                    "this Java may take no more outside its heap (" + full.getMessage() + ")",
                    Message.of("Give it more with -Xmx or -XX:MaxDirectMemorySize in ", SettingName.JAVA_OPTIONS, "."),
                    full);
        }
    }

    @Override
    public void data(long offset, BufferPool.Shared data) throws InterruptedException {
        ByteBuffer bytes = data.bytes().duplicate();
        long at = offset;
        while (bytes.hasRemaining()) {
            advance(at);
            int inPart = (int) (at - partStart);
            int count = Math.min(bytes.remaining(), compression.partSize() - inPart);
            fillZeros(inPart);
            part.put(inPart, bytes, bytes.position(), count);
            bytes.position(bytes.position() + count);
            filled = inPart + count;
            at += count;
        }
    }

    /** Ends parts until one holds this byte of the disk. */
    private void advance(long offset) throws InterruptedException {
        while (offset >= partStart + compression.partSize()) {
            endPart(compression.partSize());
        }
    }

    private void endPart(int length) throws InterruptedException {
        if (filled == 0 && length == compression.partSize()) {
            if (!zeros.hasRemaining()) {
                fillZeros(length);
                zeros = compressed(part.slice(0, length));
            }
            tasks.submit(() -> new Part(zeros, () -> {}));
        } else {
            fillZeros(length);
            ByteBuffer full = part;
            tasks.submit(() -> {
                ByteBuffer compressed = compressed(full.slice(0, length));
                spare.add(full);
                return new Part(compressed, () -> spare.add(compressed));
            });
            part = buffer();
        }
        partStart += length;
        filled = 0;
    }

    private ByteBuffer compressed(ByteBuffer bytes) {
        ByteBuffer target = buffer();
        compression.part(bytes, level, target);
        return target;
    }

    private void fillZeros(int end) {
        for (int at = filled; at < end; at += ZEROS.capacity()) {
            part.put(at, ZEROS, 0, Math.min(ZEROS.capacity(), end - at));
        }
    }

    private void write(Part compressed) {
        file.write(written, compressed.bytes());
        written += compressed.bytes().remaining();
        try {
            // parts that wait for a digest take memory
            waiting.acquire();
            digests.update(compressed.bytes(), () -> {
                waiting.release();
                compressed.done().run();
            });
        } catch (InterruptedException e) {
            // the pass looks at the flag before its next step
            Thread.currentThread().interrupt();
        }
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
