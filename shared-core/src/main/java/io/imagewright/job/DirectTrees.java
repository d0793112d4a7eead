package io.imagewright.job;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.imagewright.guest.Engine;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.VolumeGroup;
import io.imagewright.guest.VolumeId;
import io.imagewright.guest.direct.DirectEngine;

/**
 * The engine {@code direct} on the ext2/3/4 volumes of a guest's disks, wherever their bytes are at that time.
 *
 * @param disks the sources or their working copies
 */
record DirectTrees(WorkingDisks disks, DirectEngine engine) implements Engine {

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public List<Volume> volumes() {
        return disks.volumes();
    }

    @Override
    public Set<Integer> readable() {
        return disks.volumes().stream()
                .filter(Volume::isExt)
                .map(Volume::partition)
                .collect(Collectors.toSet());
    }

    @Override
    public Guest open(List<Mount> mounts, boolean writable) {
        Map<GuestPath, VolumeFile> files = new TreeMap<>();
        mounts.forEach(mount -> files.put(mount.point(), disks.file(mount.partition())));
        return engine.open(files, writable);
    }

    /** The build cleans and shrinks ext2/3/4 when no engine has it open any more. */
    @Override
    public void clean(Consumer<String> warnings) {
        // nothing else is reached
    }

    @Override
    public List<VolumeGroup> groups() {
        return List.of();
    }

    /** The build gives ids when no engine has the copies open any more. */
    @Override
    public void identify(List<VolumeId> ids) {
        // nothing else is reached
    }

    @Override
    public long shrink(int number, long free) {
        throw new IllegalArgumentException(Volume.name(number) + " is not shrunk by direct");
    }

    @Override
    public void close() {
        // every guest holds its own files
    }
}
