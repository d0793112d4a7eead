package io.imagewright.sysprep.windows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text file that describes a driver for Windows, as far as choosing it goes: reference 1.8, and Microsoft's "General Syntax Rules for INF
 * Files". Names of sections and keys are in any case.
 */
final class InfFile {

    private static final int MOST_LINES = 100_000;
    private static final Pattern TOKEN = Pattern.compile("%([^%]*)%");

    private final Map<String, List<String>> sections = new LinkedHashMap<>();

    /**
     * One device that the driver serves.
     *
     * @param hardwareId upper-case, for example {@code PCI\VEN_1AF4&DEV_1001}
     */
    record Model(InfTarget target, String hardwareId) {}

    private InfFile() {}

    /** Of bytes in UTF-16 with a mark at its beginning, or in a code page, of which only ASCII matters. */
    static InfFile parse(byte[] bytes) {
        boolean marked = bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe;
        String text = new String(bytes, marked ? StandardCharsets.UTF_16 : StandardCharsets.ISO_8859_1);
        InfFile inf = new InfFile();
        List<String> section = new ArrayList<>();
        StringBuilder begun = new StringBuilder();
        for (String raw : text.lines().limit(MOST_LINES).toList()) {
            String line = withoutComment(raw).strip();
            if (line.endsWith("\\")) {
                begun.append(line, 0, line.length() - 1);
                continue;
            }
            line = begun.append(line).toString().strip();
            begun.setLength(0);
            if (line.startsWith("[") && line.endsWith("]")) {
                String name = lower(line.substring(1, line.length() - 1).strip());
                section = inf.sections.computeIfAbsent(name, unknown -> new ArrayList<>());
            } else if (!line.isEmpty()) {
                section.add(line);
            }
        }
        return inf;
    }

    private static String withoutComment(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '"') {
                quoted = !quoted;
            } else if (line.charAt(i) == ';' && !quoted) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    /** A value of the section Version, its tokens replaced; empty when there is none. A decorated one, as {@code CatalogFile.NT}, counts, too. */
    String version(String key) {
        return section("version").stream()
                .filter(line ->
                        lower(key(line)).equals(lower(key)) || lower(key(line)).startsWith(lower(key) + "."))
                .findFirst()
                .map(line -> unquoted(resolved(value(line))))
                .orElse("");
    }

    /** All devices, with what they are for. */
    List<Model> models() {
        List<Model> models = new ArrayList<>();
        for (String line : section("manufacturer")) {
            String[] parts = (line.contains("=") ? value(line) : line).split(",", -1);
            String name = lower(unquoted(parts[0]));
            add(name, InfTarget.UNDECORATED, models);
            for (int i = 1; i < parts.length; i++) {
                String decoration = parts[i].strip();
                InfTarget.parse(decoration).ifPresent(target -> add(name + "." + lower(decoration), target, models));
            }
        }
        return models;
    }

    private void add(String name, InfTarget target, List<Model> models) {
        for (String line : section(name)) {
            String[] fields = value(line).split(",", -1);
            for (int i = 1; i < fields.length; i++) {
                models.add(new Model(target, unquoted(resolved(fields[i])).toUpperCase(Locale.ROOT)));
            }
        }
    }

    private List<String> section(String name) {
        return sections.getOrDefault(name, List.of());
    }

    /** The text with {@code %tokens%} replaced by what the section Strings says. */
    private String resolved(String text) {
        Matcher tokens = TOKEN.matcher(text);
        return tokens.replaceAll(token -> Matcher.quoteReplacement(section("strings").stream()
                .filter(line -> lower(key(line)).equals(lower(token.group(1))))
                .findFirst()
                .map(line -> unquoted(value(line)))
                .orElse(token.group())));
    }

    private static String key(String line) {
        int equals = line.indexOf('=');
        return equals < 0 ? "" : line.substring(0, equals).strip();
    }

    private static String value(String line) {
        return line.substring(line.indexOf('=') + 1).strip();
    }

    private static String unquoted(String text) {
        return text.strip().replaceAll("^\"|\"$", "").strip();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
