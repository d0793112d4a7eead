package io.imagewright.jenkins.pipeline;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Maps of a pipeline, which a freestyle job spells as lines. */
final class Entries {

    private Entries() {}

    /** Null for none, so that it stays out of generated pipelines. */
    static @Nullable Map<String, String> read(@Nullable String lines) {
        if (lines == null || lines.isBlank()) {
            return null;
        }
        Map<String, String> entries = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int end = line.indexOf('=');
            if (end > 0) {
                entries.put(line.substring(0, end), line.substring(end + 1));
            }
        });
        return entries;
    }
}
