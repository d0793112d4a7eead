package io.imagewright.spec;

/**
 * Where a value was written, for error messages.
 *
 * @param place a file name, {@code pom.xml} or a property such as {@code -Dimage.size}
 * @param line line number from 1; 0 when there is none
 * @param column column from 1, in characters; 0 when there is none
 */
public record Origin(String place, int line, int column) {

    /** A line. */
    public Origin(String place, int line) {
        this(place, line, 0);
    }

    /** A place without lines. */
    public static Origin of(String place) {
        return new Origin(place, 0);
    }

    /** As messages show it. */
    @Override
    public String toString() {
        return line == 0 ? place : place + " line " + line + (column == 0 ? "" : ", column " + column);
    }
}
