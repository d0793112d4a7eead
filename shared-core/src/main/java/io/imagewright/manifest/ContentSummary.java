package io.imagewright.manifest;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.imagewright.contents.Contents;
import io.imagewright.contents.DirectorySize;
import io.imagewright.guest.packages.InstalledPackage;

/**
 * What is inside an image, in a few numbers; its bill of materials has more.
 *
 * @param directories bytes by name of each directory in the root
 * @param files number of all that are no directory; hard links are several
 * @param bytes of the regular files
 * @param largestPackages the largest first
 */
@JsonPropertyOrder({"directories", "files", "bytes", "largestPackages"})
public record ContentSummary(
        SortedMap<String, Long> directories, long files, long bytes, List<LargePackage> largestPackages) {

    /** Packages that are named. */
    private static final int MAX_PACKAGES = 10;

    /** Copies the collections. */
    public ContentSummary {
        directories = Collections.unmodifiableSortedMap(new TreeMap<>(directories));
        largestPackages = List.copyOf(largestPackages);
    }

    /** A package, and its installed bytes. */
    @JsonPropertyOrder({"name", "version", "bytes"})
    public record LargePackage(String name, String version, long bytes) {}

    /** The summary of what was found; empty when nothing was. */
    public static Optional<ContentSummary> of(Contents contents) {
        DirectorySize root = contents.tree();
        if (root.files() == 0 && root.children().isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, Long> directories = new TreeMap<>();
        root.children().forEach(child -> directories.merge(child.name(), child.bytes(), Long::sum));
        return Optional.of(new ContentSummary(
                directories,
                root.files(),
                root.bytes(),
                contents.packages().stream()
                        .filter(each -> each.bytes() > 0)
                        .sorted(Comparator.comparingLong(InstalledPackage::bytes)
                                .reversed()
                                .thenComparing(InstalledPackage.ORDER))
                        .limit(MAX_PACKAGES)
                        .map(each -> new LargePackage(each.name(), each.version(), each.bytes()))
                        .toList()));
    }
}
