package io.imagewright.disk;

import java.nio.ByteBuffer;

/** Finds what is zero. Thread-safe. */
public final class ZeroScan {

    private static final int BLOCK = 4096;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(BLOCK).asReadOnlyBuffer();

    private ZeroScan() {}

    /** Whether this range of the buffer, by absolute indices, holds zeros only. */
    public static boolean isZero(ByteBuffer buffer, int from, int length) {
        return firstBlock(buffer, from, from + length, false) >= from + length;
    }

    /**
     * The start of the first block of 4 KiB, counted from {@code from}, that holds something, or that holds zeros only; {@code end} when
     * there is none.
     */
    public static int firstBlock(ByteBuffer buffer, int from, int end, boolean zero) {
        int position = from;
        while (position < end && isZeroBlock(buffer, position, Math.min(BLOCK, end - position)) != zero) {
            position += BLOCK;
        }
        return Math.min(position, end);
    }

    private static boolean isZeroBlock(ByteBuffer buffer, int from, int length) {
        // most blocks that are not zero show it at once; comparing costs more
        return buffer.get(from) == 0 && buffer.slice(from, length).mismatch(ZEROS.slice(0, length)) < 0;
    }
}
