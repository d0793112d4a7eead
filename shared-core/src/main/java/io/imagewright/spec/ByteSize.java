package io.imagewright.spec;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as users write them: a whole number of bytes, or one followed by KiB, MiB, GiB or TiB; K, M, G and T mean the same.
 * Powers of 1024 always. {@code GB} and the like are refused, as they mean 1000 to some and 1024 to others.
 */
public final class ByteSize {

    static final String EXPECTED = "a size: a whole number of bytes, or with KiB, MiB, GiB or TiB (also K, M, G, T;"
            + " powers of 1024), such as 10GiB";

    /** Matches sizes, and numbers that are too large for one. */
    static final String PATTERN = "([0-9]{1,19}) ?(?:([KMGT])(?:iB)?)?";

    private static final Pattern SIZE = Pattern.compile(PATTERN);
    private static final String UNITS = "KMGT";

    private ByteSize() {}

    /** Bytes; empty when the text is no size or is beyond 8 EiB. */
    public static OptionalLong parse(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        String unit = matcher.group(2);
        int shift = unit == null ? 0 : 10 * (UNITS.indexOf(unit) + 1);
        try {
            return OptionalLong.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift));
        } catch (NumberFormatException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether the text is a size, zero included. */
    static boolean isSize(String text) {
        return parse(text).isPresent();
    }

    /** Whether the text is a size above zero. */
    static boolean isPositive(String text) {
        return parse(text).orElse(0) > 0;
    }
}
