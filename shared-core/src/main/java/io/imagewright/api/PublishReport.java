package io.imagewright.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was done at one target, or would be.
 *
 * @param target its id
 * @param lines for people
 * @param document for programs: texts, numbers, flags and lists of texts
 */
public record PublishReport(String target, List<String> lines, Map<String, Object> document) {

    /** Copies the collections. */
    public PublishReport {
        lines = List.copyOf(lines);
        document = Collections.unmodifiableMap(new LinkedHashMap<>(document));
    }
}
