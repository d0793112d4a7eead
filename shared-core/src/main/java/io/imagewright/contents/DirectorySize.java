package io.imagewright.contents;

import java.util.List;

/**
 * What a directory holds, everything below it included, however deep; hard links of one file count once.
 *
 * @param name without what is above it; empty for the root
 * @param bytes of the regular files
 * @param files number of all that are no directory
 * @param children directories in it, the largest first; small ones may be left out
 */
public record DirectorySize(String name, long bytes, long files, List<DirectorySize> children) {

    /** An empty root. */
    public static final DirectorySize NONE = new DirectorySize("", 0, 0, List.of());

    /** Copies the list. */
    public DirectorySize {
        children = List.copyOf(children);
    }
}
