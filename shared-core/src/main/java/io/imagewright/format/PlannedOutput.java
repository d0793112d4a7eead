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
        OutputFormat format,
        SortedMap<String, String> options,
        int disk,
        String fileName,
        String artifactType,
        String classifier) {

    /** Of the files beside an image that is deployed by snf-image, which describe it: extensions behind its name. */
    static final List<String> DESCRIBING = List.of("meta", "variant");

    /** Copies the options. */
    public PlannedOutput {
        options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }

    /** Whether deployment by snf-image reads the files beside it that describe it. It knows the first disk only. */
    public boolean isDeployed() {
        return disk == 0 && format.isDeployed();
    }

    /** What will lie beside it, its checksums aside: extensions behind its name. */
    public List<String> sidecarExtensions() {
        return isDeployed() ? DESCRIBING : List.of();
    }

    /** Throws when its format cannot hold a disk of this size, in bytes. */
    void requireHolds(long size) {
        format.requireHolds(size, options);
    }

    /** How it is written; of a dump of a partition, without the part of the disk that it holds. */
    Encoding encoding() {
        return format.encoding(options, fileName, null);
    }
}
