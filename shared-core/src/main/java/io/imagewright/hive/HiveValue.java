package io.imagewright.hive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** A value of a registry key: its name, empty for the key's default value, a type and bytes. Immutable, equal by value. */
public final class HiveValue {

    private static final int TEXT = 1;
    private static final int EXPANDABLE_TEXT = 2;
    private static final int BINARY = 3;
    private static final int DWORD = 4;
    private static final int BIG_ENDIAN_DWORD = 5;
    private static final int TEXTS = 7;
    private static final int QWORD = 11;

    private final String name;
    private final int type;
    private final byte[] data;

    private HiveValue(String name, int type, byte[] data) {
        this.name = name;
        this.type = type;
        this.data = data;
    }

    /**
     * A value as a hive holds it.
     *
     * @param type as {@link #type()}
     */
    public static HiveValue of(String name, int type, byte[] data) {
        return new HiveValue(name, type, data.clone());
    }

    /** REG_DWORD: 32 bits. */
    public static HiveValue dword(String name, int number) {
        return new HiveValue(
                name, DWORD, littleEndian(Integer.BYTES).putInt(number).array());
    }

    /** REG_SZ. */
    public static HiveValue text(String name, String text) {
        return new HiveValue(name, TEXT, utf16(text));
    }

    /** REG_EXPAND_SZ: text in which Windows replaces {@code %variables%}. */
    public static HiveValue expandable(String name, String text) {
        return new HiveValue(name, EXPANDABLE_TEXT, utf16(text));
    }

    /** REG_MULTI_SZ. */
    public static HiveValue texts(String name, List<String> texts) {
        return new HiveValue(name, TEXTS, utf16(String.join("\0", texts) + (texts.isEmpty() ? "" : "\0")));
    }

    /** REG_BINARY. */
    public static HiveValue binary(String name, byte[] data) {
        return of(name, BINARY, data);
    }

    /** Its name; empty for the default value of the key. */
    public String name() {
        return name;
    }

    /** The number as the registry's format has it, for example 4 for REG_DWORD. */
    public int type() {
        return type;
    }

    /** A copy of the bytes. */
    public byte[] data() {
        return data.clone();
    }

    /** The number of a value of 32 bits, which is never negative here, or of 64 bits; empty for other types and lengths. */
    public OptionalLong number() {
        ByteBuffer buffer = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        if ((type == DWORD || type == BIG_ENDIAN_DWORD) && data.length == Integer.BYTES) {
            int bits = type == DWORD ? buffer.getInt() : Integer.reverseBytes(buffer.getInt());
            return OptionalLong.of(Integer.toUnsignedLong(bits));
        }
        return type == QWORD && data.length == Long.BYTES ? OptionalLong.of(buffer.getLong()) : OptionalLong.empty();
    }

    /** The text up to its end mark, of values of text, of several texts the first; empty for other types. */
    public String text() {
        List<String> texts = texts();
        return texts.isEmpty() ? "" : texts.get(0);
    }

    /** The texts of a value of several, the one of a value of text; empty for other types. */
    public List<String> texts() {
        if (type != TEXT && type != EXPANDABLE_TEXT && type != TEXTS) {
            return List.of();
        }
        String all = new String(data, 0, data.length & ~1, StandardCharsets.UTF_16LE);
        List<String> texts = new ArrayList<>();
        for (String text : all.split("\0", -1)) {
            if (text.isEmpty() || (type != TEXTS && !texts.isEmpty())) {
                break;
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /** Type and content in words, for people. */
    public String describe() {
        return switch (type) {
            case DWORD -> "dword " + (number().isPresent() ? number().getAsLong() : "of " + data.length + " bytes");
            case TEXT -> "\"" + text() + "\"";
            case EXPANDABLE_TEXT -> "expandable \"" + text() + "\"";
            case TEXTS -> "texts " + texts();
            default -> data.length + " bytes of binary data";
        };
    }

    private static byte[] utf16(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_16LE);
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof HiveValue other
                && name.equalsIgnoreCase(other.name)
                && type == other.type
                && Arrays.equals(data, other.data);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(data);
    }

    /** Without the content, which may be secret. */
    @Override
    public String toString() {
        return name + " of type " + type + ", " + data.length + " bytes";
    }
}
