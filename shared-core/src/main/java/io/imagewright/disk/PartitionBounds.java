package io.imagewright.disk;

import java.util.Comparator;
import java.util.List;

import io.imagewright.disk.Partition.Role;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** Refuses tables whose partitions do not lie on the disk one behind the other. */
final class PartitionBounds {

    private PartitionBounds() {}

    /**
     * Checks that no partition reaches behind the disk and no two overlap.
     *
     * @param first the first sector that is free for partitions
     * @param diskSectors length of the disk
     */
    static void check(List<Partition> partitions, long first, long diskSectors) {
        for (Partition partition : partitions) {
            if (partition.start() < first) {
                throw error(
                        name(partition) + " lies on the partition table itself, which takes the sectors up to "
                                + (first - 1),
                        "Repair the table with sfdisk or sgdisk.");
            }
            if (partition.sectors() <= 0) {
                throw error(
                        "partition " + partition.number() + ", which starts at sector " + partition.start()
                                + ", ends before it starts",
                        "Repair the table with sfdisk or sgdisk.");
            }
            if (partition.start() >= diskSectors || partition.sectors() > diskSectors - partition.start()) {
                throw error(
                        name(partition) + " reaches beyond the end of the disk, whose last sector is "
                                + (diskSectors - 1),
                        "The source is cut short: copy it again whole, or repair the table with sfdisk or sgdisk.");
            }
        }
        noOverlap(partitions.stream()
                .filter(partition -> partition.role() != Role.LOGICAL)
                .toList());
        noOverlap(partitions.stream()
                .filter(partition -> partition.role() == Role.LOGICAL)
                .toList());
        partitions.stream()
                .filter(partition -> partition.role() == Role.EXTENDED)
                .forEach(extended -> inside(extended, partitions));
    }

    private static void noOverlap(List<Partition> partitions) {
        List<Partition> sorted = partitions.stream()
                .sorted(Comparator.comparingLong(Partition::start))
                .toList();
        for (int i = 1; i < sorted.size(); i++) {
            Partition before = sorted.get(i - 1);
            if (last(before) >= sorted.get(i).start()) {
                throw error(
                        name(before) + " and " + name(sorted.get(i)) + " overlap",
                        "Data of one would destroy the other; repair the table with sfdisk or sgdisk.");
            }
        }
    }

    private static void inside(Partition extended, List<Partition> partitions) {
        for (Partition partition : partitions) {
            if (partition.role() == Role.LOGICAL
                    && (partition.start() <= extended.start() || last(partition) > last(extended))) {
                throw error(
                        "logical " + name(partition) + " does not lie inside the extended " + name(extended),
                        "Repair the table with sfdisk.");
            }
        }
    }

    private static long last(Partition partition) {
        return partition.start() + partition.sectors() - 1;
    }

    static String name(Partition partition) {
        return "partition " + partition.number() + " (sectors " + partition.start() + " to " + last(partition) + ")";
    }

    /** A table that cannot be used, with the same message everywhere. */
    static ImageException error(String reason, String next) {
        return ImageException.of(Kind.SOURCE, "Cannot use the partition table", reason, next);
    }
}
