package io.imagewright.disk;

import java.util.List;
import java.util.Set;

import io.imagewright.disk.Partition.Role;

/** What both tables ask of an edit. */
final class PartitionEdits {

    private PartitionEdits() {}

    /** Refuses edits that no sound caller asks for. */
    static void check(PartitionTable table, Set<Integer> removed, int resized, long newSectors) {
        List<Partition> partitions = table.partitions();
        Set<Integer> numbers =
                Set.copyOf(partitions.stream().map(Partition::number).toList());
        require(numbers.containsAll(removed), "no partitions " + removed);
        boolean orphans = partitions.stream()
                        .filter(partition -> removed.contains(partition.number()))
                        .anyMatch(partition -> partition.role() == Role.EXTENDED)
                && partitions.stream()
                        .anyMatch(
                                partition -> partition.role() == Role.LOGICAL && !removed.contains(partition.number()));
        require(!orphans, "the extended partition still holds logical ones");
        if (resized == 0) {
            return;
        }
        require(numbers.contains(resized) && !removed.contains(resized), "no partition " + resized);
        Partition target = partitions.stream()
                .filter(partition -> partition.number() == resized)
                .findFirst()
                .orElseThrow();
        require(target.role() != Role.EXTENDED, "an extended partition follows its logical ones");
        require(newSectors > 0 && newSectors <= target.sectors(), "partition " + resized + " cannot get " + newSectors);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** First sector behind all partitions; 1 for an empty table. */
    static long end(PartitionTable table) {
        return table.partitions().stream()
                .mapToLong(partition -> partition.start() + partition.sectors())
                .max()
                .orElse(1);
    }
}
