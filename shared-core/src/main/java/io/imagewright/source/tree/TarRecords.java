package io.imagewright.source.tree;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.imagewright.archive.AclText;
import io.imagewright.guest.Bytes;

/** The records of pax headers, by keyword. Source: pax(1) of POSIX.1-2017; GNU tar's and libarchive's manuals for the vendors' ones. */
final class TarRecords {

    private static final String XATTR = "SCHILY.xattr.";
    private static final String LIBARCHIVE_XATTR = "LIBARCHIVE.xattr.";
    /** Of xattr(7). */
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(user|trusted|security)\\.[^\0]+|system\\.posix_acl_(access|default)");

    private static final int LONGEST_LENGTH = 10;
    private static final int LONGEST_ATTRIBUTE = 64 << 10;

    private final Map<String, byte[]> values = new LinkedHashMap<>();

    /** Adds the records of a header; an empty value takes a keyword away. */
    void add(byte[] records) throws TreeFault {
        for (int at = 0; at < records.length && records[at] != 0; ) {
            int blank = at;
            while (blank < records.length && records[blank] >= '0' && records[blank] <= '9') {
                blank++;
            }
            int digits = blank - at;
            if (digits == 0 || digits >= LONGEST_LENGTH || blank == records.length || records[blank] != ' ') {
                throw damaged();
            }
            int end = at + Integer.parseInt(new String(records, at, digits, StandardCharsets.US_ASCII));
            int equals = blank + 1;
            while (equals < records.length && records[equals] != '=') {
                equals++;
            }
            if (end > records.length || end <= at || equals >= end - 1 || records[end - 1] != '\n') {
                throw damaged();
            }
            String keyword = new String(records, blank + 1, equals - blank - 1, StandardCharsets.UTF_8);
            byte[] value = Arrays.copyOfRange(records, equals + 1, end - 1);
            if (keyword.startsWith("GNU.sparse.offset") || keyword.startsWith("GNU.sparse.numbytes")) {
                // form 0.0 repeats its keywords, in pairs
                values.merge("GNU.sparse.map", value, TarRecords::joined);
            } else if (value.length == 0) {
                values.remove(keyword);
            } else {
                values.put(keyword, value);
            }
            at = end;
        }
    }

    void addAll(TarRecords others) {
        values.putAll(others.values);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        String text = new String(one, StandardCharsets.US_ASCII) + "," + new String(other, StandardCharsets.US_ASCII);
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static TreeFault damaged() {
        return new TreeFault("a pax header of it is damaged");
    }

    Optional<byte[]> bytes(String keyword) {
        return Optional.ofNullable(values.get(keyword));
    }

    Optional<String> text(String keyword) {
        return bytes(keyword).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    Optional<Long> number(String keyword) throws TreeFault {
        Optional<String> text = text(keyword);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.get().matches("\\d{1,18}")) {
            throw damaged();
        }
        return Optional.of(Long.parseLong(text.get()));
    }

    /** Extended attributes, ACLs among them, in the kernel's form. */
    Map<String, Bytes> attributes() throws TreeFault {
        Map<String, Bytes> attributes = new TreeMap<>();
        for (Map.Entry<String, byte[]> record : values.entrySet()) {
            String keyword = record.getKey();
            if (keyword.startsWith(XATTR)) {
                attributes.put(keyword.substring(XATTR.length()), Bytes.of(record.getValue()));
            } else if (keyword.startsWith(LIBARCHIVE_XATTR)) {
                attributes.putIfAbsent(
                        decoded(keyword.substring(LIBARCHIVE_XATTR.length())), base64(record.getValue()));
            }
        }
        acl("SCHILY.acl.access", "system.posix_acl_access", attributes);
        acl("SCHILY.acl.default", "system.posix_acl_default", attributes);
        for (Map.Entry<String, Bytes> attribute : attributes.entrySet()) {
            if (attribute.getValue().size() > LONGEST_ATTRIBUTE
                    || attribute.getKey().length() > 255) {
                throw new TreeFault("an extended attribute in it is longer than Linux allows");
            }
            if (!ATTRIBUTE.matcher(attribute.getKey()).matches()) {
                throw new TreeFault("an extended attribute in it has the name "
                        + FileTree.shown(List.of(attribute.getKey().getBytes(StandardCharsets.UTF_8)))
                        + ", which Linux does not allow");
            }
        }
        return attributes;
    }

    private void acl(String keyword, String name, Map<String, Bytes> attributes) throws TreeFault {
        Optional<String> text = text(keyword);
        if (text.isPresent()) {
            attributes.put(
                    name,
                    AclText.parse(text.get())
                            .orElseThrow(() -> new TreeFault("an ACL in it cannot be read, or has names and no ids")));
        }
    }

    /** Names are URL-encoded there. */
    private static String decoded(String name) throws TreeFault {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException damaged) {
            throw damaged();
        }
    }

    private static Bytes base64(byte[] value) throws TreeFault {
        try {
            return Bytes.of(Base64.getMimeDecoder().decode(value));
        } catch (IllegalArgumentException damaged) {
            throw damaged();
        }
    }
}
