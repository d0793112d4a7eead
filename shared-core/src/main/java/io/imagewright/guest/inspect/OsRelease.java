package io.imagewright.guest.inspect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.GuestFiles;

/** An {@code os-release(5)}, or a file of the same kind, as {@code /etc/lsb-release} is. Immutable. */
public final class OsRelease {

    private static final int MAX_LINES = 1000;
    private static final int MAX_LINE = 4096;

    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)=(.*)");

    private final Map<String, String> values;

    private OsRelease(Map<String, String> values) {
        this.values = values;
    }

    /** Reads the assignments, the last one of a name counting; lines that are none are passed over. */
    public static OsRelease parse(Bytes content) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> lines = content.display().lines().limit(MAX_LINES).toList();
        for (String line : lines) {
            Matcher assignment = ASSIGNMENT.matcher(line);
            if (line.length() <= MAX_LINE && assignment.matches()) {
                values.put(assignment.group(1), unquoted(assignment.group(2).strip()));
            }
        }
        return new OsRelease(values);
    }

    /** The guest's own, {@code /etc/os-release} or else {@code /usr/lib/os-release}; empty when it has none. */
    static Optional<OsRelease> of(GuestFiles files) {
        return files.read("/etc/os-release")
                .or(() -> files.read("/usr/lib/os-release"))
                .map(OsRelease::parse);
    }

    /** The value of a name, quotes and escapes undone; empty when it is not there. */
    public String get(String name) {
        return values.getOrDefault(name, "");
    }

    /** Shell quoting as far as os-release allows it: no expansion, no concatenation. */
    private static String unquoted(String text) {
        char quote = text.isEmpty() ? ' ' : text.charAt(0);
        boolean quoted = quote == '"' || quote == '\'';
        StringBuilder value = new StringBuilder();
        for (int i = quoted ? 1 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted ? c == quote : c == ' ' || c == '\t') {
                break;
            }
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                i++;
                c = text.charAt(i);
            }
            value.append(c);
        }
        return value.toString();
    }
}
