package io.imagewright.format;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settings of a compressed stream.
 *
 * @param level the algorithm's own: the higher, the smaller and slower
 */
record CompressedRawOptions(int level) {

    private static final String LEVEL = "level";

    static final List<String> NAMES = List.of(LEVEL);

    static CompressedRawOptions of(String format, StreamCompression compression, Map<String, String> given) {
        String text = given.getOrDefault(LEVEL, Integer.toString(compression.usual()));
        int level = OptionValues.number(format, LEVEL, text, compression.lowest(), compression.highest());
        return new CompressedRawOptions(level);
    }

    /** Complete: reading it back gives the same settings. */
    SortedMap<String, String> toMap() {
        return new TreeMap<>(Map.of(LEVEL, Integer.toString(level)));
    }
}
