package io.imagewright.guest;

import java.util.Arrays;

/**
 * Content of a file that changes have touched: what is left of it, and zeros behind.
 *
 * @param source of the bytes that are left
 * @param kept how many are left
 * @param size bytes of the whole
 */
record ViewContent(FileContent source, long kept, long size) implements FileContent {

    @Override
    public int read(long offset, byte[] into) {
        int count = (int) Math.max(0, Math.min(into.length, size - offset));
        int got = offset < kept ? (int) Math.min(source.read(offset, into), Math.min(count, kept - offset)) : 0;
        Arrays.fill(into, got, count, (byte) 0);
        return count;
    }
}
