package io.imagewright.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** A table in blocks of 8 KiB, each compressed for itself with its length in front. What it holds may go over the end of a block. */
final class SquashfsMetadata {

    /** Bytes of a block before compression. */
    static final int BLOCK = 8192;

    private static final byte[] ZEROS = new byte[BLOCK];

    private final SquashfsCompressor compressor;
    private final Consumer<ByteBuffer> target;
    private final byte[] block = new byte[BLOCK];
    private int filled;

    /** Bytes of the finished blocks. */
    private long written;

    /** A finished block of zeros: the sizes of the blocks of a large hole are nothing else. */
    private @Nullable SquashfsBlock zeros;

    /** @param target takes the finished blocks in order */
    SquashfsMetadata(SquashfsCompressor compressor, Consumer<ByteBuffer> target) {
        this.compressor = compressor;
        this.target = target;
    }

    /** A target that keeps the blocks. */
    static Consumer<ByteBuffer> into(ByteArrayOutputStream target) {
        return block -> target.writeBytes(bytes(block));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** A buffer to put something together. */
    static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where the next byte comes: the block's start in the finished table times 65536, and the offset in the block. */
    long reference() {
        return written << 16 | filled;
    }

    /** All from the start of the buffer to its position. */
    void append(ByteBuffer bytes) {
        append(bytes(bytes.duplicate().flip()));
    }

    void append(byte[] bytes) {
        append(bytes, bytes.length);
    }

    private void append(byte[] bytes, int length) {
        for (int at = 0; at < length; ) {
            int count = Math.min(BLOCK - filled, length - at);
            System.arraycopy(bytes, at, block, filled, count);
            filled += count;
            at += count;
            if (filled == BLOCK) {
                endBlock();
            }
        }
    }

    void appendZeros(long count) {
        for (long left = count; left > 0; left -= BLOCK) {
            append(ZEROS, (int) Math.min(BLOCK, left));
        }
    }

    /** Ends the last block. Gives the length of the finished table. */
    long finish() {
        if (filled > 0) {
            endBlock();
        }
        return written;
    }

    private void endBlock() {
        SquashfsBlock compressed = compressed();
        ByteBuffer whole = buffer(2 + compressed.length()).putShort(compressed.metadataSize());
        target.accept(whole.put(compressed.buffer()).flip());
        written += whole.limit();
        filled = 0;
    }

    private SquashfsBlock compressed() {
        if (filled < BLOCK || !SquashfsBlock.isZero(block, BLOCK)) {
            return compressor.compress(Arrays.copyOf(block, filled), filled);
        }
        if (zeros == null) {
            zeros = compressor.compress(ZEROS, BLOCK);
        }
        return zeros;
    }
}
