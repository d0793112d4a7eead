package io.imagewright.guest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Content of a file, a link target or an attribute: immutable bytes, equal by value. */
public final class Bytes {

    /** No bytes. */
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    /** A copy of these bytes. */
    public static Bytes of(byte[] value) {
        return new Bytes(value.clone());
    }

    /** The text in UTF-8. */
    public static Bytes of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes whose every value is kept when configuration text is edited, whatever its encoding: see {@link #text()}. */
    public static Bytes ofText(String text) {
        return new Bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The bytes as text, one character each (ISO-8859-1): ASCII reads as itself and {@link #ofText} gives back the same bytes. */
    public String text() {
        return new String(value, StandardCharsets.ISO_8859_1);
    }

    /** The bytes as UTF-8 text for people; what is not UTF-8 becomes the replacement character. */
    public String display() {
        return new String(value, StandardCharsets.UTF_8);
    }

    /** A copy. */
    public byte[] toArray() {
        return value.clone();
    }

    /** Number of bytes. */
    public int size() {
        return value.length;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Bytes other && Arrays.equals(value, other.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** Only the length: contents may be secret. */
    @Override
    public String toString() {
        return value.length + " bytes";
    }
}
