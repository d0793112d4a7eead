package io.imagewright.target;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/**
 * A finished image as stores see it: files under a name and a version.
 *
 * @param name of the image
 * @param version of the image
 * @param files images first, then what describes them; the manifest is the last one
 */
public record PublishImage(String name, String version, List<PublishFile> files) {

    /**
     * Verifies the names.
     *
     * @throws ImageException SOURCE when one is none that a store can have, or two files have the same
     */
    public PublishImage {
        PlainName.require("name", name);
        PlainName.requireVersion(version);
        files = List.copyOf(files);
        Set<String> names = new HashSet<>();
        for (PublishFile file : files) {
            if (!names.add(file.name())) {
                throw ImageException.of(
                        Kind.SOURCE,
                        "Cannot publish " + name + " " + version,
                        "two of its files have the name " + file.name(),
                        "Build the image again.");
            }
        }
    }

    /** Bytes of all files. */
    public long size() {
        return files.stream().mapToLong(PublishFile::size).sum();
    }
}
