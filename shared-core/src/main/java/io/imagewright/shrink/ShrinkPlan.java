package io.imagewright.shrink;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.imagewright.guest.Volume;

/**
 * What shrinking does to a disk: swap at its end goes, the last file system is made small, the disk ends behind it. Earlier partitions
 * stay as they are, and so does swap of a further disk: the property that has deployment make it again speaks of the first. The rules are those of snf-image-creator's shrink, but that the last partition is the one that lies last.
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

    /** What to do with a disk whose partitions hold these volumes, of which ext2/3/4 can be made small. */
    public static ShrinkPlan of(List<Volume> volumes) {
        return of(volumes, Set.of());
    }

    /**
     * What to do with a disk whose partitions hold these volumes.
     *
     * @param shrinkable types that can be made small beside ext2/3/4
     */
    public static ShrinkPlan of(List<Volume> volumes, Set<String> shrinkable) {
        Deque<Volume> left = new ArrayDeque<>(volumes.stream()
                .sorted(Comparator.comparingLong(Volume::offset))
                .toList());
        if (left.isEmpty()) {
            return nothing("the partition table is empty");
        }
        Set<Integer> removed = new HashSet<>();
        String swap = "";
        while (left.size() > 1 && left.getLast().isSwap() && isOnFirstDisk(left.getLast())) {
            Volume volume = left.removeLast();
            swap = volume.partition() + ":" + (volume.length() + MIB - 1) / MIB;
            removed.add(volume.partition());
        }
        Volume last = left.getLast();
        return last.isExt() || shrinkable.contains(last.type())
                ? new ShrinkPlan(removed, swap, last.partition(), "")
                : new ShrinkPlan(removed, swap, NONE, keepReason(last));
    }

    private static boolean isOnFirstDisk(Volume volume) {
        return Volume.disk(volume.partition()) == 0;
    }

    /** The same, but no file system is made small. */
    public ShrinkPlan keeping(String reason) {
        return new ShrinkPlan(removed, swap, NONE, reason);
    }

    /** For the user. */
    public String describe() {
        String swaps = removed.isEmpty()
                ? ""
                : "swap partition "
                        + removed.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "))
                        + " is removed, ";
        return swaps + (target == NONE ? reason : Volume.name(target) + " becomes as small as its content allows");
    }

    private static String keepReason(Volume volume) {
        return unable(
                volume.partition(),
                volume.type().isEmpty()
                        ? "Could not detect file system."
                        : volume.type().equals("xfs")
                                ? "XFS file systems cannot be shrunk."
                                : "Don't know how to shrink " + volume.type() + " file systems.");
    }

    /** Why this partition is not made small, in a sentence that begins as snf-image-creator's does. */
    public static String unable(int number, String reason) {
        String disk = Volume.disk(number) == 0 ? "" : " of disk " + (Volume.disk(number) + 1);
        return "Unable to shrink partition: " + Volume.onDisk(number) + disk + ". Reason: " + reason;
    }
}
