package io.imagewright.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.StringJoiner;

import io.imagewright.guest.Bytes;

/**
 * The text form of an ACL, as star(1) and GNU tar keep it, from the kernel's binary one: a version, then for each entry a tag, permissions and an id.
 * Source: {@code linux/posix_acl_xattr.h}, acl(5).
 */
final class AclText {

    private static final int VERSION = 2;
    private static final int HEADER = 4;
    private static final int ENTRY = 8;

    private AclText() {}

    /** Entries with numeric ids; empty when it is none. */
    static Optional<String> of(Bytes attribute) {
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

    private static String permissions(int bits) {
        return ((bits & 4) == 0 ? "-" : "r") + ((bits & 2) == 0 ? "-" : "w") + ((bits & 1) == 0 ? "-" : "x");
    }
}
