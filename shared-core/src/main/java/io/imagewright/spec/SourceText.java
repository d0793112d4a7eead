package io.imagewright.spec;

import java.util.List;

import io.imagewright.error.ImageException;

/** The text of a description file, for messages about its spelling: they show the line, and where in it. */
final class SourceText {

    /** Characters of a line that are shown; of a longer one, those around the place. */
    private static final int SHOWN = 100;

    private final String place;
    private final List<String> lines;
    private final boolean secret;

    /** @param place the file as messages name it */
    SourceText(String place, String text) {
        this.place = place;
        this.lines = text.lines().toList();
        this.secret = ActionSchema.holdsPrivateKey(text);
    }

    /** A line from 1; empty for one that is not there. */
    String line(int number) {
        return number < 1 || number > lines.size() ? "" : lines.get(number - 1);
    }

    /** The number of the last line that is above another one and holds more than blanks and a comment; 0 for none. */
    int lineAbove(int number) {
        for (int above = Math.min(number - 1, lines.size()); above > 0; above--) {
            String text = line(above).strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                return above;
            }
        }
        return 0;
    }

    /**
     * A mistake in the spelling.
     *
     * @param line from 1; beyond the last line for the end of the file
     * @param column from 1
     * @param path in the description; empty when it is not known
     */
    ImageException mistake(int line, int column, String path, String reason, String next) {
        if (line > lines.size()) {
            return mistakeAtEnd(path, reason, next);
        }
        String excerpt = excerpt(line, column);
        return Mistakes.at(
                new Origin(place, line, column), path, reason, excerpt.isEmpty() ? next : next + "\n" + excerpt);
    }

    private ImageException mistakeAtEnd(String path, String reason, String next) {
        int last = lineAbove(lines.size() + 1);
        return last == 0
                ? Mistakes.at(Origin.of(place), path, reason, next)
                : mistake(last, line(last).length() + 1, path, reason, next);
    }

    /** The line with a mark below the column; nothing of a line that may hold a secret. */
    private String excerpt(int number, int column) {
        String text = line(number);
        if (secret || text.isBlank() || ActionSchema.mayHoldSecret(text)) {
            return "";
        }
        int begin = Math.max(0, Math.min(text.length(), column - 1) - SHOWN / 2);
        int end = Math.min(text.length(), begin + SHOWN);
        String shown = text.substring(begin, end).replaceAll("\\p{Cntrl}", " ");
        String head = "  " + number + " | " + (begin > 0 ? "..." : "");
        String mark = " ".repeat(head.length() + column - 1 - begin) + "^";
        return head + shown + (end < text.length() ? "..." : "") + "\n" + mark;
    }
}
