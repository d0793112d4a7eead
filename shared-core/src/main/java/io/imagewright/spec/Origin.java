package io.imagewright.spec;

/**
 * Where a value was written, for error messages.
 *
 * @param place a file name, {@code pom.xml} or a property such as {@code -Dimage.size}
 * @param line line number from 1; 0 when there is none
 * @param column column from 1, in characters; 0 when there is none
 * @param names path of the key that the place itself stands for, as the option {@code --size} for {@code size}; empty for a place that holds
 *     several
 */
public record Origin(String place, int line, int column, String names) {

    /** A line and column of a place that holds several values. */
    public Origin(String place, int line, int column) {
        this(place, line, column, "");
    }

    /** A line of a place that holds several values. */
    public Origin(String place, int line) {
        this(place, line, 0);
    }

    /** A place without lines. */
    public static Origin of(String place) {
        return new Origin(place, 0);
    }

    /** A setting of a front end that stands for one key. */
    public static Origin ofSetting(String setting, String path) {
        return new Origin(setting, 0, 0, path);
    }

    /** The place of a key here, for messages: what the place names already is not said again. */
    String at(String path) {
        return path.isEmpty() || path.equals(names) ? toString() : this + ": " + path;
    }

    /** As messages show it. */
    @Override
    public String toString() {
        return line == 0 ? place : place + " line " + line + (column == 0 ? "" : ", column " + column);
    }
}
