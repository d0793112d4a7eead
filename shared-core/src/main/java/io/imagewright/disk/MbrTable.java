package io.imagewright.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

import io.imagewright.disk.Partition.Role;

/**
 * An MBR with its logical partitions. Kept as the sectors that were read, so that boot code, the disk signature and whatever else is
 * in them comes out again.
 */
public final class MbrTable implements PartitionTable {

    private static final int FIRST_LOGICAL = 5;

    /** What most partitioning programs leave behind the last partition (reference 1.7). */
    private static final int TAIL_SECTORS = 2048;

    private final int sectorSize;
    private final MbrSector mbr;
    private final List<Ebr> chain;

    MbrTable(int sectorSize, MbrSector mbr, List<Ebr> chain) {
        this.sectorSize = sectorSize;
        this.mbr = mbr;
        this.chain = List.copyOf(chain);
    }

    @Override
    public String kind() {
        return "msdos";
    }

    @Override
    public String identifier() {
        return mbr.diskSignature();
    }

    @Override
    public int sectorSize() {
        return sectorSize;
    }

    @Override
    public List<Partition> partitions() {
        List<Partition> partitions = new ArrayList<>();
        for (int slot = 0; slot < MbrSector.SLOTS; slot++) {
            MbrEntry entry = mbr.entry(slot);
            if (entry.used()) {
                partitions.add(partition(slot + 1, entry.extended() ? Role.EXTENDED : Role.PRIMARY, 0, entry));
            }
        }
        int number = FIRST_LOGICAL;
        for (Ebr ebr : chain) {
            if (ebr.data().isPresent()) {
                partitions.add(partition(
                        number++, Role.LOGICAL, ebr.sector(), ebr.data().get()));
            }
        }
        return partitions;
    }

    private static Partition partition(int number, Role role, long base, MbrEntry entry) {
        String type = String.format("%02x", entry.type());
        return new Partition(
                number, role, base + entry.start(), entry.sectors(), type, "", "", 0, entry.flag() == 0x80);
    }

    /** The sectors of the chain of logical partitions, for those who check what lies on what. */
    List<Ebr> chain() {
        return chain;
    }

    @Override
    public MbrTable shrink(Set<Integer> removed, int resized, long newSectors) {
        PartitionEdits.check(this, removed, resized, newSectors);
        MbrSector table = mbr;
        for (int slot = 0; slot < MbrSector.SLOTS; slot++) {
            MbrEntry entry = mbr.entry(slot);
            if (removed.contains(slot + 1)) {
                table = table.with(slot, MbrEntry.EMPTY, 0);
            } else if (resized == slot + 1) {
                table = table.with(slot, entry.withSectors(newSectors), 0);
            }
        }
        OptionalInt extended = extendedSlot(table);
        if (extended.isEmpty()) {
            return new MbrTable(sectorSize, table, List.of());
        }
        List<Ebr> links = relink(
                edit(removed, resized, newSectors),
                table.entry(extended.getAsInt()).start());
        return new MbrTable(sectorSize, table, links).fitExtended(extended.getAsInt(), !links.equals(chain));
    }

    private static OptionalInt extendedSlot(MbrSector table) {
        return IntStream.range(0, MbrSector.SLOTS)
                .filter(slot -> table.entry(slot).extended())
                .findFirst();
    }

    /** The chain with partitions removed and resized, the links still the old ones; only the first link may be empty. */
    private List<Ebr> edit(Set<Integer> removed, int resized, long newSectors) {
        List<Ebr> edited = new ArrayList<>();
        int number = FIRST_LOGICAL;
        for (Ebr ebr : chain) {
            int own = ebr.data().isPresent() ? number++ : 0;
            Ebr changed = ebr;
            if (own != 0 && removed.contains(own)) {
                changed = ebr.withoutData();
            } else if (own != 0 && own == resized) {
                changed = ebr.withDataSectors(newSectors);
            }
            if (edited.isEmpty() || changed.data().isPresent()) {
                edited.add(changed);
            }
        }
        return edited;
    }

    private List<Ebr> relink(List<Ebr> edited, long extendedStart) {
        List<Ebr> linked = new ArrayList<>(edited);
        for (int i = 0; i < edited.size(); i++) {
            List<Ebr> next = edited.subList(i + 1, Math.min(i + 2, edited.size()));
            boolean nextChanged = !chain.containsAll(next);
            linked.set(i, edited.get(i).linkedTo(next.stream().findFirst(), nextChanged, extendedStart));
        }
        return linked;
    }

    /** Takes an empty extended partition out; else ends it with its last logical one if those changed. */
    private MbrTable fitExtended(int slot, boolean changed) {
        MbrEntry extended = mbr.entry(slot);
        if (chain.stream().allMatch(ebr -> ebr.data().isEmpty())) {
            return new MbrTable(sectorSize, mbr.with(slot, MbrEntry.EMPTY, 0), List.of());
        }
        if (!changed) {
            return this;
        }
        long last = chain.stream().mapToLong(Ebr::last).max().orElseThrow();
        MbrEntry fitted = extended.withSectors(last - extended.start() + 1);
        return new MbrTable(sectorSize, mbr.with(slot, fitted, 0), chain);
    }

    @Override
    public long diskSize(long oldSize) {
        long end = PartitionEdits.end(this);
        return Math.min((end + TAIL_SECTORS) * sectorSize, oldSize);
    }

    @Override
    public List<Region> render(long diskSize) {
        if (PartitionEdits.end(this) > diskSize / sectorSize) {
            throw new IllegalArgumentException("a disk of " + diskSize + " bytes does not hold the partitions");
        }
        List<Region> regions = new ArrayList<>();
        regions.add(mbr.at(0));
        chain.forEach(ebr -> regions.add(ebr.content().at(ebr.sector() * sectorSize)));
        return regions;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof MbrTable other
                && sectorSize == other.sectorSize
                && mbr.equals(other.mbr)
                && chain.equals(other.chain);
    }

    @Override
    public int hashCode() {
        return mbr.hashCode();
    }
}
