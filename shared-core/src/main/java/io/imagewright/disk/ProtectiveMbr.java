package io.imagewright.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The MBR in front of a GPT. Usually one entry covers the whole disk; in a hybrid one, other entries show some of the GPT's partitions to
 * systems that know no GPT.
 */
record ProtectiveMbr(MbrSector sector) {

    /** What the entry's end and size must be on a disk of this many sectors (UEFI specification, table 5-4). */
    ProtectiveMbr fitted(long diskSectors) {
        List<Integer> used = usedSlots();
        MbrSector fitted = sector;
        for (int slot : used) {
            MbrEntry entry = sector.entry(slot);
            if (entry.type() == MbrEntry.PROTECTIVE && (used.size() == 1 || reachesBehind(entry, diskSectors))) {
                fitted = fitted.withSectors(slot, Math.min(diskSectors - entry.start(), MbrEntry.MAXIMUM));
            }
        }
        return new ProtectiveMbr(fitted);
    }

    private static boolean reachesBehind(MbrEntry entry, long diskSectors) {
        return entry.start() < diskSectors && entry.sectors() > diskSectors - entry.start();
    }

    /** With the hybrid entries following what happens to their partitions of the GPT, which start where they start. */
    ProtectiveMbr following(List<Partition> before, Set<Integer> removed, int resized, long newSectors) {
        MbrSector followed = sector;
        for (int slot : usedSlots()) {
            MbrEntry entry = sector.entry(slot);
            for (Partition partition : before) {
                if (entry.type() == MbrEntry.PROTECTIVE || partition.start() != entry.start()) {
                    continue;
                }
                if (removed.contains(partition.number())) {
                    followed = followed.with(slot, MbrEntry.EMPTY, 0);
                } else if (resized == partition.number()) {
                    followed = followed.with(slot, entry.withSectors(newSectors), 0);
                }
            }
        }
        return new ProtectiveMbr(followed);
    }

    /** With all that {@link #fitted} decides taken out, so that tables of disks of different sizes compare. */
    ProtectiveMbr withoutSize() {
        MbrSector bare = sector;
        for (int slot : usedSlots()) {
            if (sector.entry(slot).type() == MbrEntry.PROTECTIVE) {
                bare = bare.withSectors(slot, 0);
            }
        }
        return new ProtectiveMbr(bare);
    }

    private List<Integer> usedSlots() {
        List<Integer> used = new ArrayList<>();
        IntStream.range(0, MbrSector.SLOTS)
                .filter(slot -> sector.entry(slot).type() != 0)
                .forEach(used::add);
        return used;
    }
}
