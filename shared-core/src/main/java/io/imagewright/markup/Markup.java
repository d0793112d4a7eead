package io.imagewright.markup;

import java.util.Locale;

/** Writes HTML and SVG. All text and all attributes come out as text, whatever they hold. Not thread-safe. */
public final class Markup {

    private static final int LONGEST = 512;

    private static final char REPLACEMENT = '\ufffd';

    private final StringBuilder out = new StringBuilder();
    private final int longest;

    /** Of texts of at most 512 characters; what is longer is cut. */
    public Markup() {
        this(LONGEST);
    }

    /**
     * Of texts of at most this many characters; what is longer is cut.
     *
     * @param longest two or more
     */
    public Markup(int longest) {
        this.longest = longest;
    }

    /** A start tag; attributes are names and values in turn. */
    public Markup open(String element, String... attributes) {
        tag(element, attributes);
        out.append('>');
        return this;
    }

    /** An SVG element without content. */
    public Markup shape(String element, String... attributes) {
        tag(element, attributes);
        out.append("/>");
        return this;
    }

    /** An element that holds text only. */
    public Markup element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    /** An end tag. */
    public Markup close(String element) {
        out.append("</").append(element).append('>');
        return this;
    }

    /** Text; what is too long ends in dots. */
    public Markup text(String text) {
        escape(text);
        return this;
    }

    /** What this class or a resource of ours made. */
    public Markup raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Ends the line, so that the source stays readable. */
    public Markup line() {
        out.append('\n');
        return this;
    }

    /** A number of at most three decimals. */
    public static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    /** A share of the whole, from 0 to 1, in percent. */
    public static String percent(double share) {
        return number(share * 100) + "%";
    }

    /** At most this many characters; what is too long ends in dots. */
    public static String shortened(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "\u2026";
    }

    /** Whether a character may be shown: not so control characters, halves of surrogate pairs, and what would turn the direction of the text behind it. */
    public static boolean shows(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.FORMAT -> false;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void tag(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
    }

    private void escape(String text) {
        shortened(text, longest).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(shows(c) ? c : REPLACEMENT);
            }
        });
    }
}
