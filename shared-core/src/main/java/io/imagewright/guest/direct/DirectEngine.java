package io.imagewright.guest.direct;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import io.imagewright.guest.Engine;
import io.imagewright.guest.EngineTraits;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.VolumeGroup;
import io.imagewright.guest.VolumeWork;

/**
 * The engine {@code direct}: edits ext2/3/4 volumes through libext2fs. Work on whole volumes is done by {@link ExtTools} on the files that
 * hold them, when no engine has them open.
 *
 * @param volumes of the guest's disks
 * @param files where the bytes of a volume are at that time, by its number
 */
public record DirectEngine(List<Volume> volumes, IntFunction<VolumeFile> files, ExtTools tools) implements Engine {

    /** What this engine can do. */
    public static final EngineTraits TRAITS = new EngineTraits("direct", false, Set.of());

    /** Copies the list. */
    public DirectEngine {
        volumes = List.copyOf(volumes);
    }

    @Override
    public EngineTraits traits() {
        return TRAITS;
    }

    @Override
    public Set<Integer> readable() {
        return volumes.stream().filter(Volume::isExt).map(Volume::partition).collect(Collectors.toSet());
    }

    @Override
    public Guest open(List<Mount> mounts, boolean writable) {
        Map<GuestPath, VolumeFile> opened = new TreeMap<>();
        mounts.forEach(mount -> opened.put(mount.point(), files.apply(mount.partition())));
        return tools.open(opened, writable);
    }

    @Override
    public List<VolumeGroup> groups() {
        return List.of();
    }

    @Override
    public Optional<VolumeWork> volumeWork() {
        return Optional.empty();
    }

    /** Every guest holds its own files. */
    @Override
    public void close() {
        // holds nothing open
    }
}
