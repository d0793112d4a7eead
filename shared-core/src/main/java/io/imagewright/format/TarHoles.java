package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The map in front of the data of a file with holes: decimal numbers, a line each, of the runs and of offset and length of each. Source: GNU tar's
 * manual, "PAX Format, Version 1.0".
 */
final class TarHoles {

    private static final long MOST = Long.MAX_VALUE / 10 - 9;

    private long[] numbers = new long[64];
    private int count;
    private long number;
    private int digits;
    private long expected = 1;
    private int run;

    /**
     * Takes the next block of the map.
     *
     * @return whether this was the last one
     * @throws NumberFormatException when it is no such map
     */
    boolean add(ByteBuffer block) {
        while (block.hasRemaining() && count < expected) {
            int c = block.get();
            if (c >= '0' && c <= '9' && number < MOST) {
                number = 10 * number + c - '0';
                digits++;
            } else if (c == '\n' && digits > 0) {
                next();
            } else {
                throw new NumberFormatException("byte " + c);
            }
        }
        return count == expected;
    }

    private void next() {
        if (count == 0) {
            if (number > Integer.MAX_VALUE / 4) {
                throw new NumberFormatException(number + " runs");
            }
            expected = 1 + 2 * number;
        }
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = number;
        number = 0;
        digits = 0;
    }

    /** Goes to the next run of data; false when there is none. */
    boolean nextRun() {
        return 1 + 2 * ++run <= count;
    }

    long offset() {
        return numbers[2 * run - 1];
    }

    long length() {
        return numbers[2 * run];
    }
}
