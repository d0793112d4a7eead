package io.imagewright.format;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An output whose name and settings are settled.
 *
 * @param options complete: defaults filled in
 * @param disk index of the guest's disk that it holds, from 0; 0 also when it holds the guest's files
 * @param fileName without a directory
 * @param artifactType Maven type
 * @param classifier Maven classifier; empty for the main artifact
 */
public record PlannedOutput(
        FormatType format,
        SortedMap<String, String> options,
        int disk,
        String fileName,
        String artifactType,
        String classifier) {

    /** What will lie beside it, its checksums aside: extensions behind its name. Deployment knows the first disk only. */
    public List<String> sidecarExtensions() {
        return disk == 0 ? format.sidecarExtensions() : List.of();
    }

    /** Copies the options. */
    public PlannedOutput {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }
}
