package io.imagewright.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * The header of one of the two copies of a GPT (UEFI specification 5.3.2). All positions are sectors.
 *
 * @param own where this copy of the header lies
 * @param other where the other copy lies
 * @param firstUsable first sector for partitions
 * @param lastUsable last sector for partitions
 * @param entries first sector of the array of entries
 * @param count number of entries, used or not
 * @param entrySize bytes of one entry
 * @param entriesCrc CRC-32 of the whole array
 */
record GptHeader(
        long own,
        long other,
        long firstUsable,
        long lastUsable,
        UUID disk,
        long entries,
        int count,
        int entrySize,
        int entriesCrc) {

    private static final byte[] SIGNATURE = "EFI PART".getBytes(StandardCharsets.US_ASCII);
    private static final int REVISION = 0x00010000;
    private static final int SIZE = 92;
    private static final int SIZE_AT = 12;
    private static final int CRC_AT = 16;

    static boolean signed(byte[] sector) {
        return Arrays.equals(sector, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
    }

    /** Bytes that the header says it has. */
    static int size(byte[] sector) {
        return view(sector).getInt(SIZE_AT);
    }

    static boolean sizeIsSane(byte[] sector) {
        return size(sector) >= SIZE && size(sector) <= sector.length;
    }

    static int storedCrc(byte[] sector) {
        return view(sector).getInt(CRC_AT);
    }

    /** What the CRC should be: that of the header with zeros in the CRC's place. */
    static int rightCrc(byte[] sector) {
        byte[] copy = Arrays.copyOf(sector, size(sector));
        view(copy).putInt(CRC_AT, 0);
        return crc(copy);
    }

    static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    static GptHeader parse(byte[] sector) {
        ByteBuffer view = view(sector);
        return new GptHeader(
                view.getLong(24),
                view.getLong(32),
                view.getLong(40),
                view.getLong(48),
                Guids.get(view, 56),
                view.getLong(72),
                view.getInt(80),
                view.getInt(84),
                view.getInt(88));
    }

    /** The sector, CRC included. */
    byte[] encode(int sectorSize) {
        byte[] sector = new byte[sectorSize];
        ByteBuffer view = view(sector);
        view.put(0, SIGNATURE);
        view.putInt(8, REVISION);
        view.putInt(SIZE_AT, SIZE);
        view.putLong(24, own);
        view.putLong(32, other);
        view.putLong(40, firstUsable);
        view.putLong(48, lastUsable);
        Guids.put(view, 56, disk);
        view.putLong(72, entries);
        view.putInt(80, count);
        view.putInt(84, entrySize);
        view.putInt(88, entriesCrc);
        view.putInt(CRC_AT, rightCrc(sector));
        return sector;
    }

    private static ByteBuffer view(byte[] sector) {
        return ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
    }
}
