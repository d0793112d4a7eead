package io.imagewright.guest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The file tree of a guest that can be changed. The seam between the engines and everything that prepares a guest. */
public interface Guest extends GuestTree, AutoCloseable {

    /**
     * Applies the changes in this order. Parent directories are resolved like every path (see {@link GuestTree}).
     *
     * @throws io.imagewright.error.ImageException when a change cannot be applied; earlier ones stay applied (a working copy is
     *     thrown away as a whole)
     */
    void apply(List<Change> changes);

    /**
     * Passes on every file of the tree for an archive, in path order, the root first. The guest and its volumes' files must not change as long as the
     * data is read.
     *
     * @param spool a file to make, for contents that lie nowhere as they are; the caller's to delete
     * @throws io.imagewright.error.ImageException SOURCE when the tree cannot be read, ENVIRONMENT when the spool cannot be written
     */
    void forEachMember(Path spool, Consumer<TreeMember> members);

    /** What lets programs work on the tree, of a guest that was opened for writing; empty when its engine mounts nothing. */
    default Optional<GuestPrograms> programs() {
        return Optional.empty();
    }

    /** Writes everything back and lets go of the file systems. */
    @Override
    void close();
}
