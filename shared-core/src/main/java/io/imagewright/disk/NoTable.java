package io.imagewright.disk;

import java.util.List;
import java.util.Set;

/**
 * A disk without a partition table.
 *
 * @param sectors length of the disk
 */
public record NoTable(int sectorSize, long sectors) implements PartitionTable {

    @Override
    public String kind() {
        return "none";
    }

    @Override
    public String identifier() {
        return "";
    }

    @Override
    public List<Partition> partitions() {
        return List.of(new Partition(0, Partition.Role.WHOLE_DISK, 0, sectors, "", "", "", 0, false));
    }

    @Override
    public NoTable shrink(Set<Integer> removed, int resized, long newSectors) {
        if (!removed.isEmpty() || resized != 0 || newSectors < 0) {
            throw new IllegalArgumentException(
                    "a disk without a table has no partitions " + removed + " or " + resized);
        }
        return new NoTable(sectorSize, newSectors);
    }

    @Override
    public long diskSize(long oldSize) {
        return Math.min(sectors * sectorSize, oldSize);
    }

    @Override
    public List<Region> render(long diskSize) {
        return List.of();
    }
}
