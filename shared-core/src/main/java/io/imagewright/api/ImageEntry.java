package io.imagewright.api;

import java.util.Map;

/**
 * An image file, as the manifest describes it.
 *
 * @param file name without a directory
 * @param format word of its format
 * @param virtualSize bytes of the disk that a guest sees
 * @param storedSize bytes of data in the file
 * @param digests of the file, hexadecimal, by algorithm word
 */
public record ImageEntry(String file, String format, long virtualSize, long storedSize, Map<String, String> digests) {

    /** Copies the digests. */
    public ImageEntry {
        digests = Map.copyOf(digests);
    }
}
