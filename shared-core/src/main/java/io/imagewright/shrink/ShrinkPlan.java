package io.imagewright.shrink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.imagewright.disk.Partition;
import io.imagewright.disk.PartitionTable;
import io.imagewright.guest.Volume;

/**
 * What shrinking does to a disk: swap at its end goes, the last file system is made small, the disk ends behind it. Earlier partitions
 * stay as they are. The rules are those of snf-image-creator's shrink, but that the last partition is the one that lies last.
 *
 * @param removed numbers of the swap partitions that go
 * @param swap value of the image property {@code SWAP}, {@code <partition>:<MiB, rounded up>}; empty when no swap goes
 * @param target number of the partition whose file system is made small; negative for none
 * @param reason why no file system is made small; empty when one is
 */
public record ShrinkPlan(Set<Integer> removed, String swap, int target, String reason) {

    /** No partition to shrink. */
    public static final int NONE = -1;

    private static final long MIB = 1 << 20;

    /** Copies the set. */
    public ShrinkPlan {
        removed = Set.copyOf(removed);
    }

    /** Nothing changes. */
    public static ShrinkPlan nothing(String reason) {
        return new ShrinkPlan(Set.of(), "", NONE, reason);
    }

    /** What to do with a disk of this table, whose partitions hold these volumes. */
    public static ShrinkPlan of(PartitionTable table, List<Volume> volumes) {
        Map<Integer, Volume> byNumber =
                volumes.stream().collect(Collectors.toMap(Volume::partition, Function.identity()));
        List<Partition> left = new ArrayList<>(table.partitions().stream()
                .filter(partition -> partition.role() != Partition.Role.EXTENDED)
                .sorted(Comparator.comparingLong(Partition::start))
                .toList());
        Set<Integer> removed = new HashSet<>();
        String swap = "";
        while (left.size() > 1 && byNumber.get(last(left).number()).isSwap()) {
            Volume volume = byNumber.get(last(left).number());
            swap = volume.partition() + ":" + (volume.length() + MIB - 1) / MIB;
            removed.add(volume.partition());
            left.remove(left.size() - 1);
        }
        if (left.isEmpty()) {
            return nothing("the partition table is empty");
        }
        Volume volume = byNumber.get(last(left).number());
        String reason = volume.isExt() ? "" : whyNot(volume);
        return new ShrinkPlan(removed, swap, reason.isEmpty() ? volume.partition() : NONE, reason);
    }

    private static String whyNot(Volume volume) {
        return "Unable to shrink partition: " + volume.partition() + ". Reason: "
                + (volume.type().isEmpty()
                        ? "Could not detect file system."
                        : "Don't know how to shrink " + volume.type() + " file systems.");
    }

    private static Partition last(List<Partition> partitions) {
        return partitions.get(partitions.size() - 1);
    }
}
