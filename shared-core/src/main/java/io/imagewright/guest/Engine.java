package io.imagewright.guest;

import java.util.List;
import java.util.Set;

/** Reaches the files of a disk's volumes. The seam between the kinds of engines and the work on guests. Not thread-safe. */
public interface Engine extends AutoCloseable {

    /** The user's word for it. */
    String name();

    /** Numbers of the volumes whose files it can read. */
    Set<Integer> readable();

    /**
     * Puts volumes together to one tree. What was opened for writing must be closed before one of its volumes is opened again.
     *
     * @param mounts the root among them
     * @throws io.imagewright.error.ImageException SOURCE when a file system is damaged
     */
    Guest open(List<Mount> mounts, boolean writable);

    /** Lets go of everything. */
    @Override
    void close();
}
