package io.imagewright.format;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An output whose name and settings are settled.
 *
 * @param options complete: defaults filled in
 * @param fileName without a directory
 * @param artifactType Maven type
 * @param classifier Maven classifier; empty for the main artifact
 */
public record PlannedOutput(
        FormatType format, SortedMap<String, String> options, String fileName, String artifactType, String classifier) {

    /** Copies the options. */
    public PlannedOutput {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }
}
