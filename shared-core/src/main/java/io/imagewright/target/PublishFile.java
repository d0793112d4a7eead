package io.imagewright.target;

import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.checksum.DigestAlgorithm;

/**
 * One file of an image.
 *
 * @param name in the store, without a directory
 * @param path where it is; never written to
 * @param size bytes
 * @param digests hexadecimal, by algorithm word; SHA-256 is among them
 */
public record PublishFile(String name, Path path, long size, SortedMap<String, String> digests) {

    /** Copies the digests. */
    public PublishFile {
        PlainName.require("file name", name);
        digests = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(digests));
        if (!digests.containsKey(DigestAlgorithm.SHA256.word())) {
            throw new IllegalArgumentException(name + " without SHA-256");
        }
    }

    /** Hexadecimal SHA-256. */
    public String sha256() {
        return String.valueOf(digests.get(DigestAlgorithm.SHA256.word()));
    }
}
