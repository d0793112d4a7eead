package io.imagewright.guest.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.Lines;

/** The global part of an {@code sshd_config(5)} with what it includes; of a keyword the first value counts. */
final class SshdConfig {

    private static final String DIRECTORY = "/etc/ssh/";
    private static final Pattern SEPARATOR = Pattern.compile("[\\s=]+");
    private static final int MAX_FILES = 100;
    private static final int MAX_DEPTH = 4;
    private static final int MAX_PORT = 65_535;
    private static final int DEFAULT_PORT = 22;

    private final GuestFiles files;
    private final boolean permitsRoot;
    private final Map<String, String> values = new TreeMap<>();
    private int filesRead;

    private SshdConfig(GuestFiles files, boolean permitsRoot) {
        this.files = files;
        this.permitsRoot = permitsRoot;
    }

    /**
     * The guest's; the defaults where it has none. openSUSE's own is below /usr/etc.
     *
     * @param permitsRoot whether root may log in where nothing is said about it
     */
    static SshdConfig of(GuestFiles files, boolean permitsRoot) {
        SshdConfig config = new SshdConfig(files, permitsRoot);
        Stream.of(DIRECTORY + "sshd_config", "/usr/etc/ssh/sshd_config")
                .flatMap(file -> files.read(file).stream())
                .findFirst()
                .ifPresent(content -> config.add(content, 0));
        return config;
    }

    /** The first port that it listens on. */
    int port() {
        return Optional.ofNullable(values.get("port"))
                .filter(value -> value.matches("\\d{1,5}"))
                .map(Integer::parseInt)
                .filter(port -> port > 0 && port <= MAX_PORT)
                .orElse(DEFAULT_PORT);
    }

    /** Whether root may log in, be it with a key only. */
    boolean permitsRoot() {
        String configured = values.get("permitrootlogin");
        return configured == null ? permitsRoot : !configured.equalsIgnoreCase("no");
    }

    private void add(Bytes content, int depth) {
        List<String> lines =
                Lines.of(content.text()).map(String::strip).collect(Collectors.toCollection(ArrayList::new));
        for (String line : lines) {
            String[] words = SEPARATOR.split(line, 2);
            String keyword = words[0].toLowerCase(Locale.ROOT);
            if (keyword.equals("match")) {
                return; // what follows holds for some connections only
            }
            if (words.length < 2 || keyword.startsWith("#")) {
                continue;
            }
            if (keyword.equals("include")) {
                include(words[1], depth + 1);
            } else {
                values.putIfAbsent(keyword, words[1].replace("\"", "").replaceFirst("\\s.*", ""));
            }
        }
    }

    private void include(String patterns, int depth) {
        for (String pattern : patterns.replace("\"", "").split("\\s+", -1)) {
            int name = pattern.lastIndexOf('/') + 1;
            String directory = (pattern.startsWith("/") ? "" : DIRECTORY) + pattern.substring(0, name);
            if (depth > MAX_DEPTH || directory.contains("..") || directory.indexOf('\0') >= 0) {
                return;
            }
            Pattern names = Pattern.compile(Stream.of(pattern.substring(name).split("\\*+", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*")));
            for (Entry entry : files.list(directory)) {
                if (names.matcher(entry.path().name()).matches() && filesRead++ < MAX_FILES) {
                    files.read(entry).ifPresent(content -> add(content, depth));
                }
            }
        }
    }
}
