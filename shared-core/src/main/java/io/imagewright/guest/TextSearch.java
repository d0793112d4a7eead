package io.imagewright.guest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Looks for some texts in bytes that come piece by piece, whatever else they are. ASCII letters of either case are the same. Not thread-safe. */
public final class TextSearch {

    private final Map<String, String> wanted = new LinkedHashMap<>();
    private final Set<String> found = new TreeSet<>();
    private final int overlap;
    private String tail = "";

    /** @param texts of ASCII, none of them empty */
    public TextSearch(Set<String> texts) {
        texts.forEach(text -> wanted.put(text.toLowerCase(Locale.ROOT), text));
        this.overlap = texts.stream().mapToInt(String::length).max().orElse(1) - 1;
    }

    /** Takes the next bytes. */
    public void feed(byte[] bytes, int length) {
        String text = tail + new String(bytes, 0, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        wanted.forEach((lower, original) -> {
            if (!found.contains(original) && text.contains(lower)) {
                found.add(original);
            }
        });
        tail = text.substring(Math.max(0, text.length() - overlap));
    }

    /** What follows is no continuation of what came. */
    public void restart() {
        tail = "";
    }

    /** Those that were there. */
    public Set<String> found() {
        return Set.copyOf(found);
    }
}
