package io.imagewright.format;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/**
 * Settings of a qcow2 output.
 *
 * @param level the algorithm's own: the higher, the smaller and slower; 0 without compression
 */
record Qcow2Options(Compression compression, int level) {

    private static final String COMPRESSION = "compression";
    private static final String LEVEL = "level";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

    static final List<String> NAMES = List.of(COMPRESSION, LEVEL);

    /** How clusters are compressed; the levels are those of the libraries, the defaults those of qemu-img. */
    enum Compression {
        /** Stored as they are. */
        OFF(0, 0, 0),
        /** Raw deflate; every qemu reads it. */
        ZLIB(1, 9, 6),
        /** Read by qemu 5.1 and later. */
        ZSTD(1, 19, 3);

        private final int lowest;
        private final int highest;
        private final int usual;

        Compression(int lowest, int highest, int usual) {
            this.lowest = lowest;
            this.highest = highest;
            this.usual = usual;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Qcow2Options of(Map<String, String> given) {
        Compression compression = compression(given.getOrDefault(COMPRESSION, Compression.ZLIB.word()));
        String level = given.get(LEVEL);
        return new Qcow2Options(compression, level == null ? compression.usual : level(compression, level));
    }

    /** Complete: reading it back gives the same settings. */
    SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        map.put(COMPRESSION, compression.word());
        map.put(LEVEL, Integer.toString(level));
        return map;
    }

    private static Compression compression(String word) {
        // YAML reads a bare off as the boolean false
        String meant = word.equals("false") ? Compression.OFF.word() : word;
        return Arrays.stream(Compression.values())
                .filter(known -> known.word().equals(meant))
                .findFirst()
                .orElseThrow(() -> bad(
                        COMPRESSION,
                        word,
                        Arrays.stream(Compression.values())
                                .map(Compression::word)
                                .collect(Collectors.joining(", ", "one of ", ""))));
    }

    private static int level(Compression compression, String text) {
        int level = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
        if (level < compression.lowest || level > compression.highest) {
            throw bad(
                    LEVEL,
                    text,
                    compression == Compression.OFF
                            ? "left out when compression is off"
                            : "a number from " + compression.lowest + " to " + compression.highest + " for "
                                    + compression.word());
        }
        return level;
    }

    private static ImageException bad(String name, String value, String wanted) {
        return ImageException.of(
                Kind.DESCRIPTION,
                "Bad value '" + value + "' of option " + name + " of format qcow2",
                "it must be " + wanted,
                "Correct it under formats.");
    }
}
