package io.imagewright.format;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settings of a vmdk output. */
record VmdkOptions(Subformat subformat) {

    private static final String SUBFORMAT = "subformat";

    static final List<String> NAMES = List.of(SUBFORMAT);

    /** The kinds of vmdk that are one file, by VMware's own names, which qemu has, too. */
    enum Subformat {
        /** Grows, for VMware's desktop products. */
        MONOLITHIC_SPARSE("monolithicSparse"),
        /** Compressed and written once, for transport to any product. */
        STREAM_OPTIMIZED("streamOptimized");

        private final String word;

        Subformat(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static VmdkOptions of(Map<String, String> given) {
        return new VmdkOptions(OptionValues.choice(
                "vmdk",
                SUBFORMAT,
                given.getOrDefault(SUBFORMAT, Subformat.MONOLITHIC_SPARSE.word()),
                Subformat.values(),
                Subformat::word));
    }

    /** Complete: reading it back gives the same settings. */
    SortedMap<String, String> toMap() {
        return new TreeMap<>(Map.of(SUBFORMAT, subformat.word()));
    }
}
