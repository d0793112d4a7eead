package io.imagewright.guest;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reaches the files of a disk's volumes. The seam between the kinds of engines and the work on guests. Not thread-safe. */
public interface Engine extends AutoCloseable {

    /** The user's word for it. */
    String name();

    /** The disk's volumes, and what lies in them: logical volumes, arrays, opened containers, sub-volumes. */
    List<Volume> volumes();

    /** Numbers of the volumes whose content is among the volumes, each of several that hold one. */
    default Set<Integer> opened() {
        return volumes().stream().map(Volume::within).collect(Collectors.toSet());
    }

    /** Numbers of the volumes whose files it can read. */
    Set<Integer> readable();

    /** Numbers of those of them that it cannot change. */
    default Set<Integer> readOnly() {
        return Set.of();
    }

    /**
     * Puts volumes together to one tree. What was opened for writing must be closed before one of its volumes is opened again.
     *
     * @param mounts the root among them
     * @throws io.imagewright.error.ImageException SOURCE when a file system is damaged
     */
    Guest open(List<Mount> mounts, boolean writable);

    /**
     * Empties what the file systems do not use, where that is this engine's to do. No guest is open any more.
     *
     * @param warnings receives what could not be emptied
     */
    void clean(Consumer<String> warnings);

    /** The volume groups of LVM that it sees. */
    List<VolumeGroup> groups();

    /**
     * Gives volumes other ids, where that is this engine's to do. No guest is open any more.
     *
     * @param ids of {@link #volumes}
     * @throws io.imagewright.error.ImageException SOURCE when a tool refuses it
     */
    void identify(List<VolumeId> ids);

    /**
     * Makes what a partition holds as small as it goes.
     *
     * @param free bytes to leave free in it
     * @return bytes that the partition needs from now on
     * @throws io.imagewright.error.ImageException SOURCE when its tools refuse it
     */
    long shrink(int number, long free);

    /** Lets go of everything. */
    @Override
    void close();
}
