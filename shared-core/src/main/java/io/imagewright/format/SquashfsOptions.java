package io.imagewright.format;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settings of a squashfs output.
 *
 * @param level the algorithm's own: the higher, the smaller and slower
 */
record SquashfsOptions(Compression compression, int level) {

    private static final String FORMAT = "squashfs";
    private static final String COMPRESSION = "compression";
    private static final String LEVEL = "level";

    static final List<String> NAMES = List.of(COMPRESSION, LEVEL);

    /** How blocks are compressed; the levels and the defaults are those of mksquashfs(1) and of xz(1). */
    enum Compression {
        /** Read by Linux 4.14 and later. */
        ZSTD(1, 22, 15),
        /** Smaller, and much slower to read. */
        XZ(0, 9, 6);

        private final int lowest;
        private final int highest;
        private final int usual;

        Compression(int lowest, int highest, int usual) {
            this.lowest = lowest;
            this.highest = highest;
            this.usual = usual;
        }
    }

    static SquashfsOptions of(Map<String, String> given) {
        Compression compression = OptionValues.choice(
                FORMAT,
                COMPRESSION,
                given.getOrDefault(COMPRESSION, OptionValues.word(Compression.ZSTD)),
                Compression.values());
        String level = given.getOrDefault(LEVEL, Integer.toString(compression.usual));
        return new SquashfsOptions(
                compression, OptionValues.number(FORMAT, LEVEL, level, compression.lowest, compression.highest));
    }

    /** Complete: reading it back gives the same settings. */
    SortedMap<String, String> toMap() {
        return new TreeMap<>(Map.of(COMPRESSION, OptionValues.word(compression), LEVEL, Integer.toString(level)));
    }
}
