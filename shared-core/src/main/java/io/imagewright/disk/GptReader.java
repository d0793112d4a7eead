package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Finds the sound copy of a GPT: at sectors of 512 or 4096 bytes, the primary before the backup. */
final class GptReader {

    private static final int[] SECTOR_SIZES = {512, 4096};
    private static final int MAXIMUM_ENTRIES = 16384;
    private static final int MAXIMUM_ENTRY = 4096;

    /** Bytes; both limits above at once would be 64 MiB. */
    private static final long MAXIMUM_ARRAY = 16 << 20;

    private final DiskReader disk;
    private final ProtectiveMbr mbr;

    GptReader(DiskReader disk, MbrSector mbr) {
        this.disk = disk;
        this.mbr = new ProtectiveMbr(mbr);
    }

    /**
     * What was found at one place.
     *
     * @param signed whether a header was there at all
     * @param other where the other copy is said to be
     * @param finding what is wrong with it
     */
    private record Copy(@Nullable GptTable table, boolean signed, long other, String finding) {

        static Copy unsigned() {
            return new Copy(null, false, 0, "no header (its signature EFI PART is missing)");
        }

        static Copy damaged(GptHeader header, String finding) {
            return new Copy(null, true, header.other(), finding);
        }
    }

    GptTable read() throws IOException {
        for (int sectorSize : SECTOR_SIZES) {
            Copy primary = copy(sectorSize, 1);
            if (primary.table() != null) {
                return checked(withBackup(primary.table(), copy(sectorSize, primary.other())));
            }
        }
        List<String> findings = new ArrayList<>();
        for (int sectorSize : SECTOR_SIZES) {
            Copy primary = copy(sectorSize, 1);
            long last = disk.size() / sectorSize - 1;
            Copy backup = copy(sectorSize, last);
            if (backup.table() == null && primary.signed() && primary.other() != last) {
                Copy named = copy(sectorSize, primary.other()); // the disk grew since the table was written
                backup = named.signed() ? named : backup;
            }
            if (backup.table() != null) {
                return checked(backup.table()
                        .with("The primary GPT is damaged (" + primary.finding()
                                + "); its backup at the end of the disk is used. The image gets both."));
            }
            if (primary.signed() || backup.signed()) {
                findings.add("primary: " + primary.finding() + "; backup: " + backup.finding());
            }
        }
        String reason = findings.isEmpty() ? "no header at the start or the end of the disk" : findings.get(0);
        throw PartitionBounds.error(
                "its protective MBR promises a GPT, but both copies are bad (" + reason + ")",
                "Restore the table with `sgdisk --load-backup` or `gdisk` on the source, or copy the source again.");
    }

    private static GptTable withBackup(GptTable primary, Copy backup) {
        if (backup.table() == null) {
            return primary.with("The backup GPT at the end of the disk is damaged (" + backup.finding()
                    + "); the primary one is used. The image gets both.");
        }
        return primary.describesSame(backup.table())
                ? primary
                : primary.with("The backup GPT at the end of the disk differs from the primary one, which is used."
                        + " The image gets both.");
    }

    private GptTable checked(GptTable table) {
        long diskSectors = disk.size() / table.sectorSize();
        PartitionBounds.check(table.partitions(), table.tableEnd(), diskSectors);
        return table;
    }

    private Copy copy(int sectorSize, long at) throws IOException {
        long diskSectors = disk.size() / sectorSize;
        if (at < 1 || at >= diskSectors) {
            return Copy.unsigned();
        }
        byte[] sector = bytes(at * sectorSize, sectorSize);
        if (!GptHeader.signed(sector)) {
            return Copy.unsigned();
        }
        GptHeader header = GptHeader.parse(sector);
        if (!GptHeader.sizeIsSane(sector)) {
            return Copy.damaged(header, "the header claims " + GptHeader.size(sector) + " bytes");
        }
        if (GptHeader.storedCrc(sector) != GptHeader.rightCrc(sector)) {
            return Copy.damaged(header, crcs("header", GptHeader.storedCrc(sector), GptHeader.rightCrc(sector)));
        }
        String limits = limits(header, at, sectorSize, diskSectors);
        if (!limits.isEmpty()) {
            return Copy.damaged(header, limits);
        }
        byte[] array = bytes(header.entries() * sectorSize, header.count() * header.entrySize());
        GptEntries entries = new GptEntries(header.entrySize(), array);
        if (entries.crc() != header.entriesCrc()) {
            return Copy.damaged(header, crcs("array of entries", header.entriesCrc(), entries.crc()));
        }
        return new Copy(new GptTable(sectorSize, mbr, header, entries), true, header.other(), "");
    }

    private static String crcs(String what, int stored, int right) {
        return String.format("the CRC of its %s is %08x, but should be %08x", what, stored, right);
    }

    /** What is wrong with the numbers of a header; empty when nothing is. */
    private static String limits(GptHeader header, long at, int sectorSize, long diskSectors) {
        int entrySize = header.entrySize();
        if (header.own() != at) {
            return "the header at sector " + at + " says that it belongs to sector " + header.own();
        }
        if (entrySize < 128 || entrySize > MAXIMUM_ENTRY || Integer.bitCount(entrySize) != 1) {
            return "the header claims entries of " + Integer.toUnsignedString(entrySize)
                    + " bytes; a power of two from 128 to " + MAXIMUM_ENTRY + " is served";
        }
        long array = (long) header.count() * entrySize;
        if (header.count() < 1 || header.count() > MAXIMUM_ENTRIES || array > MAXIMUM_ARRAY) {
            return "the header claims " + Integer.toUnsignedString(header.count()) + " entries; at most "
                    + MAXIMUM_ENTRIES + " in " + MAXIMUM_ARRAY + " bytes are served";
        }
        long sectors = (array + sectorSize - 1) / sectorSize;
        if (header.entries() < 2 || header.entries() >= diskSectors || sectors > diskSectors - header.entries()) {
            return "the array of entries does not lie on the disk";
        }
        // the primary array must fit in front of the first usable sector, wherever the backup came from
        long primaryArray = at == 1 ? header.entries() : 2;
        if (header.firstUsable() < primaryArray + sectors || header.firstUsable() >= diskSectors) {
            return "the header claims that sector " + header.firstUsable() + " is the first usable one";
        }
        return "";
    }

    private byte[] bytes(long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        disk.read(offset, ByteBuffer.wrap(bytes));
        return bytes;
    }
}
