package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A block as it is in a squashfs.
 *
 * @param content what remains in it
 * @param stored not compressed, as that would not make it smaller
 */
record SquashfsBlock(ByteBuffer content, boolean stored) {

    private static final int STORED = 1 << 24;
    private static final int STORED_METADATA = 1 << 15;

    private static final byte[] ZEROS = new byte[SquashfsContent.BLOCK];

    /** Bytes. */
    int length() {
        return content.remaining();
    }

    /** Length and form, as inodes and the fragment table have it. */
    int size() {
        return stored ? length() | STORED : length();
    }

    /** Length and form, as it is in front of a block of metadata. */
    short metadataSize() {
        return (short) (stored ? length() | STORED_METADATA : length());
    }

    ByteBuffer buffer() {
        return content.duplicate();
    }

    /** Whether the first bytes, no more than a block, are zeros. */
    static boolean isZero(byte[] bytes, int length) {
        return Arrays.equals(bytes, 0, length, ZEROS, 0, length);
    }
}
