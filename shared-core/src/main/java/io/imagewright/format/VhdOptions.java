package io.imagewright.format;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settings of a vhd output. */
record VhdOptions(Subformat subformat) {

    private static final String SUBFORMAT = "subformat";

    static final List<String> NAMES = List.of(SUBFORMAT);

    /** The kinds of vhd that are one file. */
    enum Subformat {
        /** Grows. */
        DYNAMIC(512),
        /** The bytes of the disk with a footer. */
        FIXED(512),
        /** The same, of a size that Azure takes: whole MiB. */
        AZURE(1 << 20);

        private final int unit;

        Subformat(int unit) {
            this.unit = unit;
        }

        /** Bytes of the disk that a guest sees; more than it has where whole units are asked for. */
        long virtualSize(long size) {
            return (size + unit - 1) / unit * unit;
        }
    }

    static VhdOptions of(Map<String, String> given) {
        return new VhdOptions(OptionValues.choice(
                "vhd",
                SUBFORMAT,
                given.getOrDefault(SUBFORMAT, OptionValues.word(Subformat.DYNAMIC)),
                Subformat.values()));
    }

    /** Complete: reading it back gives the same settings. */
    SortedMap<String, String> toMap() {
        return new TreeMap<>(Map.of(SUBFORMAT, OptionValues.word(subformat)));
    }
}
