package io.imagewright.source.tree;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.imagewright.disk.DiskReader;
import io.imagewright.disk.TarBlock;

/** A part of a file as the blocks of a tar, read from its beginning on. */
final class TarBlocks {

    private final DiskReader file;
    private final long start;
    private final long size;
    private long position;

    TarBlocks(DiskReader file, long start, long size) {
        this.file = file;
        this.start = start;
        this.size = size;
    }

    /** Bytes from the start of the tar. */
    long position() {
        return position;
    }

    /** Where the next block lies in the file. */
    long fileOffset() {
        return start + position;
    }

    boolean atEnd() {
        return size - position < TarBlock.SIZE;
    }

    byte[] next() throws IOException {
        return read(TarBlock.SIZE);
    }

    /** Bytes, and the rest of their last block is passed by. */
    byte[] read(int length) throws IOException {
        byte[] bytes = new byte[length];
        long from = fileOffset();
        skip(length);
        file.read(from, ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** Passes these bytes by, and the rest of their last block. */
    void skip(long length) throws IOException {
        if (length < 0 || length > size - position) {
            throw new EOFException();
        }
        long blocks = (length + TarBlock.SIZE - 1) / TarBlock.SIZE;
        position = Math.min(size, position + blocks * TarBlock.SIZE);
    }

    /** A number in octal digits, or in base 256 where the first bit is set. */
    static long number(byte[] block, int at, int width) throws TreeFault {
        if ((block[at] & 0x80) != 0) {
            return base256(block, at, width);
        }
        String digits = new String(block, at, width, StandardCharsets.ISO_8859_1);
        int end = digits.indexOf(0);
        String text = (end < 0 ? digits : digits.substring(0, end)).strip();
        if (!text.matches("[0-7]{0,20}")) {
            throw new TreeFault("a number in a header of it is damaged");
        }
        return text.isEmpty() ? 0 : Long.parseLong(text, 8);
    }

    private static long base256(byte[] block, int at, int width) throws TreeFault {
        // the highest bit marks the form; the next one is the sign
        long value = (byte) ((block[at] & 0x7f) << 1) >> 1;
        for (int i = 1; i < width; i++) {
            long next = (value << 8) | (block[at + i] & 0xff);
            if (next >> 8 != value) {
                throw new TreeFault("a number in a header of it is too large");
            }
            value = next;
        }
        return value;
    }

    /** Bytes up to a NUL. */
    static byte[] text(byte[] block, int at, int width) {
        int end = at;
        while (end < at + width && block[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(block, at, end);
    }
}
