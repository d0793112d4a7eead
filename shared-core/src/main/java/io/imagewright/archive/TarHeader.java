package io.imagewright.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A header block of a tar, in the form of POSIX.1-1988 (ustar). Numbers that do not fit are zeros here and recorded in a pax header. Source: pax(1) of
 * POSIX.1-2017, "ustar Interchange Format".
 */
final class TarHeader {

    /** Bytes of a block. */
    static final int BLOCK = 512;

    /** Bytes of a name and of a link's target. */
    static final int NAME = 100;

    /** The largest value of eleven octal digits: size and time. */
    static final long MOST = 0777_7777_7777L;

    /** The largest value of seven octal digits: owner, group, device numbers. */
    static final int MOST_ID = 0777_7777;

    static final char REGULAR = '0';
    static final char HARD_LINK = '1';
    static final char SYMBOLIC_LINK = '2';
    static final char CHARACTER_DEVICE = '3';
    static final char BLOCK_DEVICE = '4';
    static final char DIRECTORY = '5';
    static final char FIFO = '6';
    static final char PAX = 'x';

    private final byte[] block = new byte[BLOCK];

    /** @param name cut to what fits */
    TarHeader(char type, byte[] name, int permissions, long size) {
        put(0, name, NAME);
        octal(100, 8, permissions);
        owner(0, 0);
        octal(124, 12, size > MOST ? 0 : size);
        time(0);
        block[156] = (byte) type;
        put(257, "ustar\00000".getBytes(StandardCharsets.ISO_8859_1), 8);
        device(0, 0);
    }

    TarHeader owner(long user, long group) {
        octal(108, 8, user > MOST_ID ? 0 : user);
        octal(116, 8, group > MOST_ID ? 0 : group);
        return this;
    }

    /** @param seconds since the epoch */
    TarHeader time(long seconds) {
        octal(136, 12, seconds < 0 || seconds > MOST ? 0 : seconds);
        return this;
    }

    /** @param target cut to what fits */
    TarHeader link(byte[] target) {
        put(157, target, NAME);
        return this;
    }

    TarHeader device(int major, int minor) {
        octal(329, 8, Math.min(major, MOST_ID));
        octal(337, 8, Math.min(minor, MOST_ID));
        return this;
    }

    /** With its sum, which counts its own field as blanks. */
    byte[] toBytes() {
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        octal(148, 7, sum);
        return block.clone();
    }

    private void put(int at, byte[] bytes, int most) {
        System.arraycopy(bytes, 0, block, at, Math.min(bytes.length, most));
    }

    /** Digits with leading zeros, and a NUL behind them. */
    private void octal(int at, int width, long value) {
        String digits = Long.toOctalString(value);
        put(at, ("0".repeat(width - 1 - digits.length()) + digits).getBytes(StandardCharsets.US_ASCII), width - 1);
        block[at + width - 1] = 0;
    }
}
