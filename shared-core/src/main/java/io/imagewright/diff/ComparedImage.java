package io.imagewright.diff;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.guest.packages.InstalledPackage;

/**
 * One of two images that are compared.
 *
 * @param name of its file
 * @param facts what it is, by name, for people
 * @param properties image properties
 * @param packages that its guest's package managers list
 * @param files a {@link io.imagewright.contents.FileSpool} of its guest
 */
public record ComparedImage(
        String name,
        Map<String, String> facts,
        Map<String, String> properties,
        List<InstalledPackage> packages,
        Path files) {

    /** Copies the collections. */
    public ComparedImage {
        facts = Map.copyOf(facts);
        properties = Map.copyOf(properties);
        packages = List.copyOf(packages);
    }
}
