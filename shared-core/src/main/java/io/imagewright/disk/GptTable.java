package io.imagewright.disk;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A GUID partition table. Everything but sizes and places comes out as it was read. */
public final class GptTable implements PartitionTable {

    /** What most partitioning programs leave behind the last partition (reference 1.7). */
    private static final long TAIL = 2048 * 512;

    private final int sectorSize;
    private final ProtectiveMbr mbr;
    private final UUID disk;
    private final long firstUsable;
    private final long entriesAt;
    private final GptEntries entries;
    private final String complaint;

    GptTable(int sectorSize, ProtectiveMbr mbr, GptHeader header, GptEntries entries) {
        this.sectorSize = sectorSize;
        this.mbr = mbr;
        this.disk = header.disk();
        this.firstUsable = header.firstUsable();
        this.entriesAt = header.own() != 1 ? 2 : header.entries();
        this.entries = entries;
        this.complaint = "";
    }

    private GptTable(GptTable base, ProtectiveMbr mbr, GptEntries entries, String complaint) {
        this.sectorSize = base.sectorSize;
        this.mbr = mbr;
        this.disk = base.disk;
        this.firstUsable = base.firstUsable;
        this.entriesAt = base.entriesAt;
        this.entries = entries;
        this.complaint = complaint;
    }

    @Override
    public String kind() {
        return "gpt";
    }

    @Override
    public String identifier() {
        return disk.toString();
    }

    @Override
    public int sectorSize() {
        return sectorSize;
    }

    @Override
    public Optional<String> complaint() {
        return complaint.isEmpty() ? Optional.empty() : Optional.of(complaint);
    }

    /** The same, of which the user should know this. */
    GptTable with(String reason) {
        return new GptTable(this, mbr, entries, reason);
    }

    /** Whether another copy describes the same partitions, wherever it lies. */
    boolean describesSame(GptTable other) {
        return disk.equals(other.disk) && firstUsable == other.firstUsable && entries.equals(other.entries);
    }

    @Override
    public List<Partition> partitions() {
        return entries.partitions();
    }

    @Override
    public GptTable shrink(Set<Integer> removed, int resized, long newSectors) {
        PartitionEdits.check(this, removed, resized, newSectors);
        GptEntries edited = entries;
        for (int number : removed) {
            edited = edited.without(number);
        }
        if (resized != 0) {
            edited = edited.withSectors(resized, newSectors);
        }
        return new GptTable(this, mbr.following(partitions(), removed, resized, newSectors), edited, complaint);
    }

    /** First sector behind the primary array. */
    long tableEnd() {
        return entriesAt + entriesSectors();
    }

    private long entriesSectors() {
        return ((long) entries.size() + sectorSize - 1) / sectorSize;
    }

    private long backupSectors() {
        return entriesSectors() + 1;
    }

    private long partitionsEnd() {
        return Math.max(PartitionEdits.end(this), Math.max(firstUsable, tableEnd()));
    }

    @Override
    public long diskSize(long oldSize) {
        long end = partitionsEnd() * sectorSize;
        long backup = backupSectors() * sectorSize;
        long usual = end + Math.max(TAIL, backup);
        return usual <= oldSize ? usual : end + backup;
    }

    @Override
    public List<Region> render(long diskSize) {
        long sectors = diskSize / sectorSize;
        long last = sectors - 1;
        long backupAt = last - entriesSectors();
        if (diskSize % sectorSize != 0 || partitionsEnd() > backupAt) {
            throw new IllegalArgumentException("a disk of " + diskSize + " bytes does not hold the partitions");
        }
        GptHeader primary = header(1, last, entriesAt, backupAt - 1);
        GptHeader backup = header(last, 1, backupAt, backupAt - 1);
        return List.of(
                mbr.fitted(sectors).sector().at(0),
                region(primary),
                entries.at(entriesAt * sectorSize),
                entries.at(backupAt * sectorSize),
                region(backup));
    }

    private GptHeader header(long own, long other, long array, long lastUsable) {
        return new GptHeader(
                own, other, firstUsable, lastUsable, disk, array, entries.count(), entries.entrySize(), entries.crc());
    }

    private Region region(GptHeader header) {
        return new Region(header.own() * sectorSize, ByteBuffer.wrap(header.encode(sectorSize)));
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof GptTable other
                && sectorSize == other.sectorSize
                && mbr.withoutSize().equals(other.mbr.withoutSize())
                && disk.equals(other.disk)
                && firstUsable == other.firstUsable
                && entriesAt == other.entriesAt
                && entries.equals(other.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }
}
