package io.imagewright.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The 512 bytes that describe a VHD: its last ones, of a dynamic VHD the first ones, too. Microsoft, "Virtual Hard Disk Image Format
 * Specification", "Hard Disk Footer Format". Big-endian.
 */
final class VhdOutputFooter {

    static final int SIZE = 512;

    private static final int TIME = 24;
    private static final int CHECKSUM = 64;
    private static final int ID = 68;

    private VhdOutputFooter() {}

    /**
     * Of a fixed VHD. Its creator is that which qemu-img writes for disks of any size: readers take the size from the footer then, and not
     * from a geometry, which cannot express each size.
     *
     * @param size bytes of the disk, whole sectors
     */
    static byte[] fixed(long size, UUID id) {
        ByteBuffer footer = ByteBuffer.allocate(SIZE);
        footer.put("conectix".getBytes(StandardCharsets.US_ASCII));
        footer.putInt(2).putInt(0x10000).putLong(-1).putInt(0);
        footer.put("qem2".getBytes(StandardCharsets.US_ASCII)).putInt(0x50003);
        footer.put("Wi2k".getBytes(StandardCharsets.US_ASCII)).putLong(size).putLong(size);
        footer.putShort((short) 0xffff).put((byte) 16).put((byte) 0xff).putInt(2);
        return pinned(footer.array(), id);
    }

    /** The same footer with this id, without a time. */
    static byte[] pinned(byte[] footer, UUID id) {
        ByteBuffer bytes = ByteBuffer.wrap(footer.clone());
        bytes.putInt(TIME, 0);
        bytes.putLong(ID, id.getMostSignificantBits());
        bytes.putLong(ID + Long.BYTES, id.getLeastSignificantBits());
        bytes.putInt(CHECKSUM, 0);
        int sum = 0;
        for (byte b : bytes.array()) {
            sum += b & 0xff;
        }
        bytes.putInt(CHECKSUM, ~sum);
        return bytes.array();
    }
}
