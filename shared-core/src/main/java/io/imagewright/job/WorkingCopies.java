package io.imagewright.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;

import io.imagewright.disk.Extent;
import io.imagewright.guest.Volume;
import io.imagewright.guest.direct.ExtTools;
import io.imagewright.progress.Steps;

/** Gives each partition that the build changes its working copy, reading no more of the source than it must. */
final class WorkingCopies {

    /** What holds file systems that the appliance changes. */
    private static final Set<String> OTHERS =
            Set.of("xfs", "btrfs", "ntfs", "LVM2_member", "crypto_LUKS", "linux_raid_member");

    private final GuestJob job;
    private final WorkingDisks disks;
    private final ExtTools engine;
    private final Steps steps;

    /** Whether volumes that the engine direct cannot change get a working copy, too. */
    private final boolean others;

    WorkingCopies(OpenedJob open) {
        this.job = open.job();
        this.disks = open.disks();
        this.engine = open.ext();
        this.steps = open.steps();
        this.others = open.selection().mounts();
    }

    /** What must be read of each volume that gets a copy block by block, relative to its start. */
    Map<Integer, List<Extent>> extents() throws IOException {
        Map<Integer, List<Extent>> extents = new TreeMap<>();
        for (Volume volume : disks.volumes()) {
            WorkingDisk disk = disks.of(volume.partition());
            if (volume.isExt()) {
                // the bitmaps of a file system to be repaired are not trusted
                List<Extent> everything = disk.isRaw() ? disk.allData(volume) : List.of();
                extents.put(
                        volume.partition(),
                        job.description().repair()
                                ? everything
                                : engine.usedExtents(disk.file(volume.partition()))
                                        .orElse(everything));
            } else if (isOther(volume)) {
                extents.put(volume.partition(), disk.isRaw() ? disk.allData(volume) : List.of());
            }
        }
        return extents;
    }

    /** Whether it is worked on by the appliance. */
    private boolean isOther(Volume volume) {
        return others && OTHERS.contains(volume.type());
    }

    /** Refuses to begin what will not fit: the copies that are not made yet, and the outputs. */
    void requireSpace(Map<Integer, List<Extent>> extents) throws IOException {
        long copies = 0;
        long output = 0;
        for (Volume volume : disks.volumes()) {
            WorkingDisk disk = disks.of(volume.partition());
            if (volume.isSwap()) {
                continue; // gone, or empty but for its header
            }
            List<Extent> read = extents.getOrDefault(volume.partition(), List.of());
            long bytes = read.isEmpty()
                    ? disk.dataSize(volume)
                    : read.stream().mapToLong(Extent::length).sum();
            output += bytes;
            // a container's partitions are extracted by now; FAT gets a cleaned copy beside that
            copies += volume.type().equals("vfat") || ((volume.isExt() || isOther(volume)) && disk.isRaw()) ? bytes : 0;
        }
        FreeSpace.require(
                job.directories().work(),
                copies,
                job.directories().output(),
                output * job.outputs().filesOfADisk());
    }

    /**
     * Makes the copies.
     *
     * @param removed numbers of the partitions that the image will not have
     */
    void make(Map<Integer, List<Extent>> extents, Set<Integer> removed, LongConsumer bytesDone) throws IOException {
        for (Volume volume : disks.volumes()) {
            WorkingDisk disk = disks.of(volume.partition());
            if (volume.isExt() || isOther(volume)) {
                disk.copy(volume, extents.getOrDefault(volume.partition(), List.of()), bytesDone);
            } else if (volume.isSwap() && !removed.contains(volume.partition())) {
                disk.emptySwap(volume);
            } else if (volume.type().equals("vfat")) {
                String problem = disk.cleanFat(volume);
                if (!problem.isEmpty()) {
                    steps.warn("Free space of " + volume.describe() + " (vfat) is kept as it is: " + problem + ".");
                }
            }
        }
    }

    /** What the digest of a raw source covers: everything that the finished disk depends on, in order. */
    static List<Extent> digested(Map<Integer, List<Extent>> extents, DiskPlan plan) throws IOException {
        WorkingDisk disk = plan.disk();
        List<Extent> read = new ArrayList<>();
        long begin = disk.volumes().stream().mapToLong(Volume::offset).min().orElse(0);
        if (begin > 0) {
            read.add(new Extent(0, begin));
        }
        for (Volume volume : disk.volumes()) {
            boolean gone = plan.shrink().removed().contains(volume.partition());
            List<Extent> parts = volume.isExt()
                    ? extents.getOrDefault(volume.partition(), List.of())
                    : gone || volume.isSwap() ? List.of() : disk.allData(volume);
            parts.forEach(part -> read.add(new Extent(volume.offset() + part.offset(), part.length())));
        }
        return read;
    }
}
