package io.imagewright.source.tree;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.imagewright.archive.AclText;
import io.imagewright.guest.Bytes;
import org.jspecify.annotations.Nullable;

/** The records of pax headers, by keyword. Source: pax(1) of POSIX.1-2017; GNU tar's and libarchive's manuals for the vendors' ones. */
final class TarRecords {

    private static final String XATTR = "SCHILY.xattr.";
    private static final String LIBARCHIVE_XATTR = "LIBARCHIVE.xattr.";
    /** Of xattr(7). */
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(user|trusted|security)\\.[^\0]+|system\\.posix_acl_(access|default)");

    private static final int LONGEST_LENGTH = 10;
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_ATTRIBUTE = 64 << 10;

    /** Bytes of names and values of a file's attributes; no file system that is made here takes as many. */
    private static final int MOST_ATTRIBUTES = 64 << 10;

    /** What a reader looks at; anything else is not kept. */
    private static final Pattern KNOWN = Pattern.compile(
            "path|linkpath|size|uid|gid|mtime|GNU\\.sparse\\.[a-z.]+"
                    + "|SCHILY\\.(devmajor|devminor|acl\\.access|acl\\.default)|(SCHILY|LIBARCHIVE)\\.xattr\\..*",
            Pattern.DOTALL);

    private final @Nullable TarRecords global;
    private final Map<String, byte[]> values = new LinkedHashMap<>();

    private TarRecords(@Nullable TarRecords global) {
        this.global = global;
    }

    /** Those of the global headers. */
    static TarRecords global() {
        return new TarRecords(null);
    }

    /** Those of one file: what they do not have is as in these. */
    TarRecords own() {
        return new TarRecords(this);
    }

    /** Adds the records of a header. */
    void add(byte[] records) throws TreeFault {
        ByteArrayOutputStream map = new ByteArrayOutputStream();
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
                map.writeBytes(value);
                map.write(',');
            } else if (KNOWN.matcher(keyword).matches()) {
                values.put(keyword, value);
            }
            at = end;
        }
        if (map.size() > 0) {
            values.put("GNU.sparse.map", Arrays.copyOf(map.toByteArray(), map.size() - 1));
        }
    }

    /** Bytes of keywords and values. */
    long size() {
        return values.entrySet().stream()
                .mapToLong(record -> record.getKey().length() + record.getValue().length)
                .sum();
    }

    private static TreeFault damaged() {
        return new TreeFault("a pax header of it is damaged");
    }

    /** A value; an empty one stands for none, even of the global headers. */
    Optional<byte[]> bytes(String keyword) {
        byte[] value = values.get(keyword);
        if (value == null && global != null) {
            return global.bytes(keyword);
        }
        return Optional.ofNullable(value).filter(some -> some.length > 0);
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

    /**
     * Extended attributes, ACLs among them, in the kernel's form.
     *
     * @param leftOut takes the names of those that other systems, or single file systems, have
     */
    Map<String, Bytes> attributes(Consumer<String> leftOut) throws TreeFault {
        if (values.isEmpty() && (global == null || global.values.isEmpty())) {
            return Map.of();
        }
        Map<String, byte[]> all = new LinkedHashMap<>(global == null ? Map.of() : global.values);
        all.putAll(values);
        Map<String, Bytes> attributes = new TreeMap<>();
        for (Map.Entry<String, byte[]> record : all.entrySet()) {
            String keyword = record.getKey();
            if (keyword.startsWith(XATTR)) {
                attributes.put(unescaped(keyword.substring(XATTR.length())), Bytes.of(record.getValue()));
            } else if (keyword.startsWith(LIBARCHIVE_XATTR)) {
                attributes.putIfAbsent(
                        decoded(keyword.substring(LIBARCHIVE_XATTR.length())), base64(record.getValue()));
            }
        }
        acl("SCHILY.acl.access", "system.posix_acl_access", attributes);
        acl("SCHILY.acl.default", "system.posix_acl_default", attributes);
        attributes.keySet().removeIf(name -> {
            boolean isOther = !ATTRIBUTE.matcher(name).matches();
            if (isOther) {
                leftOut.accept(FileTree.shown(List.of(name.getBytes(StandardCharsets.UTF_8))));
            }
            return isOther;
        });
        long size = 0;
        for (Map.Entry<String, Bytes> attribute : attributes.entrySet()) {
            int name = attribute.getKey().getBytes(StandardCharsets.UTF_8).length;
            if (attribute.getValue().size() > LONGEST_ATTRIBUTE || name > LONGEST_NAME) {
                throw new TreeFault("an extended attribute in it is longer than Linux allows");
            }
            size += name + attribute.getValue().size();
        }
        if (size > MOST_ATTRIBUTES) {
            throw new TreeFault("the attributes of a file in it have more than " + MOST_ATTRIBUTES + " bytes");
        }
        return attributes.isEmpty() ? Map.of() : attributes;
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

    /** GNU tar writes so what a keyword cannot have. */
    private static String unescaped(String name) {
        return name.replace("%3D", "=").replace("%25", "%");
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
