package io.imagewright.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.guest.Bytes;

/**
 * The text form of an ACL, as star(1) and GNU tar keep it, from the kernel's binary one: a version, then for each entry a tag, permissions and an id.
 * Source: {@code linux/posix_acl_xattr.h}, acl(5).
 */
public final class AclText {

    private static final int VERSION = 2;
    private static final int HEADER = 4;
    private static final int ENTRY = 8;

    private static final Pattern ENTRY_TEXT =
            Pattern.compile("(user|group|mask|other|u|g|m|o):(?:([^:]*):)?([rwx-]{1,3})(?::\\d+)?");

    private AclText() {}

    /** Entries with numeric ids; empty when it is none. */
    public static Optional<String> of(Bytes attribute) {
        ByteBuffer acl = ByteBuffer.wrap(attribute.toArray()).order(ByteOrder.LITTLE_ENDIAN);
        if (acl.remaining() < HEADER || (acl.remaining() - HEADER) % ENTRY != 0 || acl.getInt() != VERSION) {
            return Optional.empty();
        }
        StringJoiner text = new StringJoiner(",");
        while (acl.hasRemaining()) {
            int tag = acl.getShort();
            String permissions = permissions(acl.getShort());
            String id = Integer.toUnsignedString(acl.getInt());
            switch (tag) {
                case 0x01 -> text.add("user::" + permissions);
                case 0x02 -> text.add("user:" + id + ":" + permissions);
                case 0x04 -> text.add("group::" + permissions);
                case 0x08 -> text.add("group:" + id + ":" + permissions);
                case 0x10 -> text.add("mask::" + permissions);
                case 0x20 -> text.add("other::" + permissions);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(text.toString());
    }

    /** The kernel's form of a text, with entries in its order; empty when a line is none of an ACL, or has a name and no id. */
    public static Optional<Bytes> parse(String text) {
        TreeMap<Long, Integer> entries = new TreeMap<>();
        for (String line : text.split("[,\n]", -1)) {
            String entry = line.replaceFirst("#.*", "").strip();
            if (entry.isEmpty()) {
                continue;
            }
            Matcher fields = ENTRY_TEXT.matcher(entry);
            if (!fields.matches()) {
                return Optional.empty();
            }
            String[] names = entry.split(":", -1);
            // the forms of star and libarchive have the id in a fourth field, behind a name
            String id = names.length > 3 ? names[3] : Objects.requireNonNullElse(fields.group(2), "");
            if (!id.matches("\\d{0,10}") || (!id.isEmpty() && Long.parseLong(id) > 0xffffffffL)) {
                return Optional.empty();
            }
            int tag = switch (fields.group(1).charAt(0)) {
                case 'u' -> id.isEmpty() ? 0x01 : 0x02;
                case 'g' -> id.isEmpty() ? 0x04 : 0x08;
                case 'm' -> 0x10;
                default -> 0x20;
            };
            long number = id.isEmpty() ? 0xffffffffL : Long.parseLong(id);
            entries.put(((long) tag << 32) | number, bits(fields.group(3)));
        }
        ByteBuffer acl = ByteBuffer.allocate(HEADER + ENTRY * entries.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(VERSION);
        entries.forEach((entry, bits) ->
                acl.putShort((short) (entry >> 32)).putShort(bits.shortValue()).putInt(entry.intValue()));
        return entries.isEmpty() ? Optional.empty() : Optional.of(Bytes.of(acl.array()));
    }

    private static int bits(String permissions) {
        return (permissions.indexOf('r') < 0 ? 0 : 4)
                | (permissions.indexOf('w') < 0 ? 0 : 2)
                | (permissions.indexOf('x') < 0 ? 0 : 1);
    }

    private static String permissions(int bits) {
        return ((bits & 4) == 0 ? "-" : "r") + ((bits & 2) == 0 ? "-" : "w") + ((bits & 1) == 0 ? "-" : "x");
    }
}
