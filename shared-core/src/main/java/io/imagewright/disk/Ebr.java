package io.imagewright.disk;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One link in the chain of logical partitions: at most one partition, and the way to the next link. Linux finds both in any slot; the
 * partition counts its start from this sector, the link from the start of the extended partition.
 */
record Ebr(long sector, MbrSector content) {

    private static final int LINK_SLOT = 1;
    private static final int LINK_TYPE = 0x05;

    Optional<MbrEntry> data() {
        return entry(entry -> entry.used() && !entry.extended());
    }

    Optional<MbrEntry> link() {
        return entry(MbrEntry::extended);
    }

    /** Slots in use by partitions. */
    long dataEntries() {
        return IntStream.range(0, MbrSector.SLOTS)
                .mapToObj(content::entry)
                .filter(entry -> entry.used() && !entry.extended())
                .count();
    }

    /** Last sector of the partition, or this sector when there is none. */
    long last() {
        return data().map(entry -> sector + entry.start() + entry.sectors() - 1).orElse(sector);
    }

    Ebr withoutData() {
        return with(dataSlot(), MbrEntry.EMPTY, sector);
    }

    Ebr withDataSectors(long sectors) {
        MbrEntry entry = data().orElseThrow();
        return with(dataSlot(), entry.withSectors(sectors), sector);
    }

    /** Linked to this one, or to none; the entry stays as it is when it says so already. */
    Ebr linkedTo(Optional<Ebr> next, boolean nextChanged, long extendedStart) {
        Optional<MbrEntry> old = link();
        if (next.isEmpty()) {
            return old.isEmpty() ? this : with(linkSlot(), MbrEntry.EMPTY, 0);
        }
        Ebr target = next.get();
        long start = target.sector - extendedStart;
        if (!nextChanged && old.isPresent() && old.get().start() == start) {
            return this;
        }
        int type = old.map(MbrEntry::type).orElse(LINK_TYPE);
        MbrEntry entry = new MbrEntry(0, type, start, target.last() - target.sector + 1);
        return with(linkSlot(), entry, extendedStart);
    }

    private Ebr with(int slot, MbrEntry entry, long base) {
        return new Ebr(sector, content.with(slot, entry, base));
    }

    private int dataSlot() {
        return slot(entry -> entry.used() && !entry.extended()).orElseThrow();
    }

    private int linkSlot() {
        return slot(MbrEntry::extended).orElse(LINK_SLOT);
    }

    private Optional<MbrEntry> entry(Predicate<MbrEntry> wanted) {
        OptionalInt slot = slot(wanted);
        return slot.isPresent() ? Optional.of(content.entry(slot.getAsInt())) : Optional.empty();
    }

    private OptionalInt slot(Predicate<MbrEntry> wanted) {
        return IntStream.range(0, MbrSector.SLOTS)
                .filter(slot -> wanted.test(content.entry(slot)))
                .findFirst();
    }
}
