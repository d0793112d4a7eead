package io.imagewright.format;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Settings of a container image of the guest's tree.
 *
 * @param target what it is called; empty for no name
 * @param compression of its one layer; empty to store it as it is
 * @param level the algorithm's own; 0 without compression
 * @param cmd words of the command that a container runs; empty for none
 */
record ContainerOptions(
        Optional<DockerTarget> target, Optional<StreamCompression> compression, int level, List<String> cmd) {

    private static final String COMPRESSION = "compression";
    private static final String LEVEL = "level";
    private static final String CMD = "cmd";
    private static final String NONE = "none";

    static final List<String> NAMES = List.of(DockerTarget.OPTION, COMPRESSION, LEVEL, CMD);

    static ContainerOptions of(String format, Map<String, String> given) {
        String word = OptionValues.choice(
                format,
                COMPRESSION,
                given.getOrDefault(COMPRESSION, "gzip"),
                new String[] {"gzip", "zstd", NONE},
                value -> value);
        Optional<StreamCompression> compression = Arrays.stream(StreamCompression.values())
                .filter(value -> OptionValues.word(value).equals(word))
                .findFirst();
        return new ContainerOptions(
                Optional.ofNullable(given.get(DockerTarget.OPTION)).map(text -> DockerTarget.of(format, text)),
                compression,
                level(format, compression, given.get(LEVEL)),
                cmd(format, given.getOrDefault(CMD, "")));
    }

    private static int level(
            String format, Optional<StreamCompression> compression, @org.jspecify.annotations.Nullable String given) {
        if (compression.isEmpty()) {
            if (given != null && !given.equals("0")) {
                throw OptionValues.bad(format, LEVEL, given, "left out when compression is " + NONE);
            }
            return 0;
        }
        StreamCompression used = compression.get();
        return given == null ? used.usual() : OptionValues.number(format, LEVEL, given, used.lowest(), used.highest());
    }

    /** A JSON array of words, or words with blanks between them. */
    private static List<String> cmd(String format, String text) {
        if (!text.startsWith("[")) {
            return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
        }
        try {
            return List.of(new JsonMapper().readValue(text, String[].class));
        } catch (JsonProcessingException | NullPointerException e) {
            throw OptionValues.bad(format, CMD, text, "words with blanks between them, or [\"word\", \"word\"]");
        }
    }

    /** Complete: reading it back gives the same settings. */
    SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        target.ifPresent(name -> map.put(DockerTarget.OPTION, name.text()));
        map.put(COMPRESSION, compression.map(OptionValues::word).orElse(NONE));
        map.put(LEVEL, Integer.toString(level));
        if (!cmd.isEmpty()) {
            try {
                map.put(CMD, new JsonMapper().writeValueAsString(cmd));
            } catch (JsonProcessingException bug) {
                throw new IllegalStateException("words are no JSON", bug);
            }
        }
        return map;
    }
}
