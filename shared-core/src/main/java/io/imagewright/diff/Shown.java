package io.imagewright.diff;

import io.imagewright.markup.Markup;

/** Text of an image, fit to be shown. */
final class Shown {

    /** Characters; more is cut. */
    private static final int LONGEST = 4096;

    private Shown() {}

    /**
     * On one line and valid Unicode: control characters, halves of surrogate pairs, and what would turn the direction of the text behind it, come out as
     * {@code \}{@code u{...}}.
     */
    static String text(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().limit(LONGEST).forEach(c -> {
            if (Markup.shows(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u{%x}", c));
            }
        });
        return text.length() > LONGEST ? shown + "..." : shown.toString();
    }
}
