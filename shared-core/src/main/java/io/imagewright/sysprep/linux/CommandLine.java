package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Parameters of a kernel as a boot loader's file has them: separated by blanks, which double quotes keep together. Edits keep the blanks
 * between the parameters that they do not touch.
 */
record CommandLine(String text) {

    /** A parameter with the blanks before it. */
    private record Piece(String blanks, String parameter) {}

    boolean has(Predicate<String> parameter) {
        return pieces().stream().anyMatch(piece -> parameter.test(piece.parameter()));
    }

    CommandLine without(Predicate<String> parameter) {
        StringBuilder kept = new StringBuilder();
        boolean removedFirst = false;
        for (Piece piece : pieces()) {
            if (!piece.parameter().isEmpty() && parameter.test(piece.parameter())) {
                removedFirst |= kept.isEmpty() && piece.blanks().isEmpty();
            } else {
                // what follows a parameter at the very start takes its place
                kept.append(removedFirst && kept.isEmpty() ? "" : piece.blanks())
                        .append(piece.parameter());
            }
        }
        return new CommandLine(kept.toString());
    }

    CommandLine replacing(UnaryOperator<String> parameter) {
        StringBuilder edited = new StringBuilder(text.length());
        for (Piece piece : pieces()) {
            String kept = piece.parameter();
            edited.append(piece.blanks()).append(kept.isEmpty() ? "" : parameter.apply(kept));
        }
        return new CommandLine(edited.toString());
    }

    /** With a parameter at the end, before blanks that end the line. */
    CommandLine plus(String parameter) {
        String kept = text.stripTrailing();
        if (kept.isEmpty()) {
            return new CommandLine(text + parameter);
        }
        return new CommandLine(kept + " " + parameter + text.substring(kept.length()));
    }

    private List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int start = at;
            while (start < text.length() && isBlank(text.charAt(start))) {
                start++;
            }
            int end = start;
            boolean quoted = false;
            while (end < text.length() && (quoted || !isBlank(text.charAt(end)))) {
                quoted ^= text.charAt(end) == '"';
                end++;
            }
            pieces.add(new Piece(text.substring(at, start), text.substring(start, end)));
            at = end;
        }
        return pieces;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
