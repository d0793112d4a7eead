package io.imagewright.progress;

/** Text from images and programs, made harmless. */
final class PrintableText {

    private PrintableText() {}

    /** At most so many characters; what is cut is marked. */
    static String limit(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = length - 3;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "...";
    }

    /** Without control characters but line feeds, so that a file's name cannot command the terminal. */
    static String printable(String text) {
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints().forEach(c -> result.appendCodePoint(c != '\n' && Character.isISOControl(c) ? '?' : c));
        return result.toString();
    }
}
