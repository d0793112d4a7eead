package io.imagewright.target;

import java.util.Map;
import java.util.TreeMap;

/**
 * What came from a store.
 *
 * @param version of the image
 * @param sha256 hexadecimal, by file name; computed of what was written here
 */
public record FetchedImage(String version, Map<String, String> sha256) {

    /** Copies the map. */
    public FetchedImage {
        sha256 = java.util.Collections.unmodifiableMap(new TreeMap<>(sha256));
    }
}
