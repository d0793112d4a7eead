package io.imagewright.contents;

import java.util.List;

import io.imagewright.guest.packages.InstalledPackage;

/**
 * What is inside an image.
 *
 * @param packages in order of kind, name, version
 * @param tree where the bytes lie
 */
public record Contents(List<InstalledPackage> packages, DirectorySize tree) {

    /** Nothing is known. */
    public static final Contents NONE = new Contents(List.of(), DirectorySize.NONE);

    /** Copies the list. */
    public Contents {
        packages = List.copyOf(packages);
    }
}
