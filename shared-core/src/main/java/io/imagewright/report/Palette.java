package io.imagewright.report;

/**
 * Colours of areas that carry a dark label, on light and on dark pages. People who do not see all colours can distinguish them, too: Paul Tol, "Colour
 * schemes", SRON/EPS/TN/09-002, scheme "light". No picture shows anything by colour alone.
 */
final class Palette {

    /** Labels on the colours; at least 7:1. */
    static final String LABEL = "#16181c";

    /** Bars for what came out. */
    static final String AFTER = "#4477aa";

    /** Bars for what was there before. */
    static final String BEFORE = "#8c929c";

    private static final int[] LIGHT = {
        0x77aadd, 0xee8866, 0x44bb99, 0xeedd88, 0xffaabb, 0xbbcc33, 0x99ddff, 0xaaaa00,
    };
    private static final int OTHERS = 0xc9ccd1;

    private Palette() {}

    /** The colour of a rank; those behind the last colour share a grey. */
    static String of(int rank) {
        return hex(rank < LIGHT.length ? LIGHT[rank] : OTHERS);
    }

    /** The same, the paler the deeper it lies; depth 1 is the colour itself. */
    static String of(int rank, int depth) {
        int colour = rank < LIGHT.length ? LIGHT[rank] : OTHERS;
        double white = Math.min(0.6, (depth - 1) * 0.3);
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            long part = Math.round(((colour >> shift) & 0xff) * (1 - white) + 0xff * white);
            mixed |= (int) part << shift;
        }
        return hex(mixed);
    }

    private static String hex(int colour) {
        return String.format("#%06x", colour);
    }
}
