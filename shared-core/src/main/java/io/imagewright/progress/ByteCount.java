package io.imagewright.progress;

import java.util.Locale;

/** Sizes as people read them. */
public final class ByteCount {

    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private ByteCount() {}

    /** In units of 1024: {@code 512 B}, {@code 12.0 MiB}, {@code 1.4 GiB}. */
    public static String format(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int unit = 0;
        double value = bytes / 1024.0;
        while (value >= 1023.95 && unit < UNITS.length - 1) { // what would print as 1024.0 is 1.0 of the next unit
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
