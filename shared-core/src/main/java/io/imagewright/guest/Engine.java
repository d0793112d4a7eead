package io.imagewright.guest;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reaches the files of a disk's volumes. The seam between the kinds of engines and the work on guests. Not thread-safe. */
public interface Engine extends AutoCloseable {

    /** What it can do. */
    EngineTraits traits();

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

    /** The volume groups of LVM that it sees. */
    List<VolumeGroup> groups();

    /** Its work on whole volumes; empty when that is not for it to do. */
    Optional<VolumeWork> volumeWork();

    /** Lets go of everything. */
    @Override
    void close();
}
