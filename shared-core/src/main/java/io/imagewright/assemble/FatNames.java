package io.imagewright.assemble;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The names of one directory of a FAT: the short one of each entry, and entries with the long one in front where it says more. */
final class FatNames {

    static final int ENTRY = 32;
    private static final int LONG_PART = 13;
    private static final int[] LONG_PLACES = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};

    private final Set<String> used = new HashSet<>();

    /** Whether the short form says all of a name. */
    private static boolean isShort(String name) {
        return name.matches("[A-Z0-9_$~!#%&@^(){}'`-]{1,8}(\\.[A-Z0-9_$~!#%&@^(){}'`-]{1,3})?");
    }

    /** Entries that a name takes. */
    static int entries(String name) {
        return isShort(name) ? 1 : 1 + (name.length() + LONG_PART - 1) / LONG_PART;
    }

    /** The entries of a name; the last 32 bytes are the short one, with nothing but its name in it. */
    ByteBuffer encode(String name) {
        byte[] alias = alias(name);
        int count = entries(name);
        ByteBuffer entries = ByteBuffer.allocate(count * ENTRY).order(ByteOrder.LITTLE_ENDIAN);
        for (int part = count - 1; part > 0; part--) {
            int at = (count - 1 - part) * ENTRY;
            entries.put(at, (byte) (part == count - 1 ? part | 0x40 : part));
            entries.put(at + 11, (byte) 0x0F);
            entries.put(at + 13, checksum(alias));
            for (int i = 0; i < LONG_PART; i++) {
                int character = (part - 1) * LONG_PART + i;
                int value =
                        character < name.length() ? name.charAt(character) : character == name.length() ? 0 : 0xffff;
                entries.putShort(at + LONG_PLACES[i], (short) value);
            }
        }
        entries.put((count - 1) * ENTRY, alias);
        return entries;
    }

    private byte[] alias(String name) {
        int dot = name.lastIndexOf('.');
        String base = dot > 0 ? name.substring(0, dot) : name;
        String extension = dot > 0 ? name.substring(dot + 1) : "";
        if (isShort(name)) {
            used.add(name);
            return padded(base, extension);
        }
        String plain = base.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        String end = extension.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        end = end.substring(0, Math.min(3, end.length()));
        for (int number = 1; ; number++) {
            String tail = "~" + number;
            String alias = plain.substring(0, Math.min(8 - tail.length(), plain.length())) + tail;
            if (used.add(alias + "." + end)) {
                return padded(alias, end);
            }
        }
    }

    private static byte[] padded(String base, String extension) {
        byte[] name = new byte[11];
        Arrays.fill(name, (byte) ' ');
        byte[] front = base.getBytes(StandardCharsets.US_ASCII);
        byte[] back = extension.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(front, 0, name, 0, front.length);
        System.arraycopy(back, 0, name, 8, back.length);
        return name;
    }

    private static byte checksum(byte[] alias) {
        int sum = 0;
        for (byte b : alias) {
            sum = (((sum & 1) << 7) + (sum >> 1) + (b & 0xff)) & 0xff;
        }
        return (byte) sum;
    }
}
