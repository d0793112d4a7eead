package io.imagewright.worker;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Inspector;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Recognition;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.direct.DirectEngine;

/** Finds the guest on a disk by its root and its fstab. Changes nothing. */
final class GuestFinder {

    private final WorkingDisk disk;
    private final DirectEngine engine;

    GuestFinder(WorkingDisk disk, DirectEngine engine) {
        this.disk = disk;
        this.engine = engine;
    }

    /**
     * The guest's own file systems.
     *
     * @param warnings takes a sentence for each entry of the fstab that is not heeded
     * @throws ImageException UNSUPPORTED when there is not one guest that can be prepared; SOURCE when it is damaged
     */
    List<Mount> require(Consumer<String> warnings) {
        Medium medium = find(warnings);
        if (medium instanceof Medium.Unsupported unsupported) {
            throw unsupported.why().refusal();
        }
        return ((Medium.Served) medium).mounts();
    }

    /**
     * Why the medium can only be taken as it is; empty when it holds a guest. Looks at the source where it is; one that is damaged, which the
     * build may repair or refuse, is not found to be unsupported.
     */
    Optional<Recognition.Unsupported> unsupported() {
        try {
            return find(toldLater -> {}) instanceof Medium.Unsupported unsupported
                    ? Optional.of(unsupported.why())
                    : Optional.empty();
        } catch (ImageException damaged) {
            if (damaged.kind() != ImageException.Kind.SOURCE) {
                throw damaged;
            }
            return Optional.empty();
        }
    }

    private Medium find(Consumer<String> warnings) {
        Map<Integer, Guest> trees = new TreeMap<>();
        try {
            for (Volume volume : disk.volumes()) {
                if (volume.isExt()) {
                    VolumeFile file = disk.file(volume.partition());
                    trees.put(volume.partition(), engine.open(Map.of(GuestPath.ROOT, file), false));
                }
            }
            if (trees.isEmpty()) {
                Optional<Recognition.Unsupported> unreadable = Engines.unreadable(disk.volumes());
                if (unreadable.isPresent()) {
                    return new Medium.Unsupported(unreadable.get());
                }
                disk.volumes().stream()
                        .filter(volume -> volume.type().isEmpty())
                        .forEach(volume ->
                                DirectEngine.refuseLostSuperblock(disk.file(volume.partition()), volume.length()));
            }
            Recognition recognition = Inspector.recognise(new TreeMap<>(trees), disk.volumes());
            if (recognition instanceof Recognition.Unsupported unsupported) {
                return new Medium.Unsupported(unsupported);
            }
            int root = ((Recognition.Root) recognition).partition();
            Guest tree = Objects.requireNonNull(trees.get(root));
            return Engines.served(Inspector.mounts(tree, root, disk.volumes(), warnings), disk.volumes(), warnings);
        } finally {
            trees.values().forEach(Guest::close);
        }
    }
}
