package io.imagewright.disk;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A disk's partition table, with all that must survive a rewrite: boot code, identifiers, types, names, attributes. Immutable,
 * equal by value. Sectors are those of {@link #sectorSize()}.
 */
public sealed interface PartitionTable permits MbrTable, GptTable, NoTable {

    /** {@code msdos}, {@code gpt} or {@code none}, the words of parted and libguestfs. */
    String kind();

    /** The disk's identifier as blkid's PTUUID has it: 8 hexadecimal digits for msdos, a GUID for gpt, empty for none. */
    String identifier();

    /** What the user should know about the table, a sentence; empty when all is well. */
    default Optional<String> complaint() {
        return Optional.empty();
    }

    /** Bytes per sector of the table's numbers. */
    int sectorSize();

    /** By number; the extended partition of an MBR is among them. A disk without a table is one partition of number 0. */
    List<Partition> partitions();

    /**
     * The same table with partitions taken out and one given another length. An MBR's extended partition goes with its last
     * logical one, and else shrinks to the end of the last one when a logical one changes. Logical partitions behind a removed
     * one are renumbered as Linux does.
     *
     * @param removed numbers to take out; may be empty
     * @param resized number of the partition that gets the new length; 0 for none (for a disk without a table: the disk)
     * @param newSectors its new length
     * @throws IllegalArgumentException when there is no such partition or the new length runs into the next one
     */
    PartitionTable shrink(Set<Integer> removed, int resized, long newSectors);

    /**
     * Bytes of the smallest disk that holds the partitions in the usual way: 2048 sectors behind the last one for an MBR but never
     * more than {@code oldSize}; for a GPT 1 MiB behind it when the old disk had that, else just the room of the backup table.
     *
     * @param oldSize bytes of the disk before
     */
    long diskSize(long oldSize);

    /**
     * The bytes that make the table on a disk of this size; the rest of the disk is left alone. A GPT's backup comes to its
     * very end.
     *
     * @throws IllegalArgumentException when the disk is too small
     */
    List<Region> render(long diskSize);
}
