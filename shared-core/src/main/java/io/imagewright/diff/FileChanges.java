package io.imagewright.diff;

import java.util.List;

/**
 * The files that differ.
 *
 * @param all how many
 * @param directories the same by directory of the root, in the order of their names
 * @param largest of each kind those of most bytes, kind by kind
 */
public record FileChanges(Counts all, List<Directory> directories, List<FileChange> largest) {

    /** Copies the lists. */
    public FileChanges {
        directories = List.copyOf(directories);
        largest = List.copyOf(largest);
    }

    /**
     * A directory of the root, with everything below it.
     *
     * @param name as it is shown, for example {@code /usr}; {@code /} for what lies in the root itself
     */
    public record Directory(String name, Counts counts) {}

    /** The largest of one kind. */
    List<FileChange> largest(ChangeKind kind) {
        return largest.stream().filter(change -> change.kind() == kind).toList();
    }
}
