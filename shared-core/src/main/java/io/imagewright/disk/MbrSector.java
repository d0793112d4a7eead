package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The 512 bytes of an MBR or EBR: boot code, disk signature, four slots, 0x55AA. Immutable; what no method changes stays as it was
 * read, boot code and all.
 */
final class MbrSector {

    static final int SIZE = 512;
    static final int SLOTS = 4;
    private static final int SIGNATURE = 440;
    private static final int TABLE = 446;
    private static final int ENTRY = 16;

    /** The geometry that all tools assume for want of a real one. */
    private static final int HEADS = 255;

    private static final int TRACK = 63;

    private final byte[] bytes;

    private MbrSector(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes over 512 bytes. */
    static MbrSector of(byte[] bytes) {
        return new MbrSector(bytes);
    }

    static MbrSector read(DiskReader disk, long offset) throws IOException {
        byte[] bytes = new byte[SIZE];
        disk.read(offset, ByteBuffer.wrap(bytes));
        return new MbrSector(bytes);
    }

    /** Whether 0x55AA is there. */
    boolean signed() {
        return bytes[510] == 0x55 && bytes[511] == (byte) 0xAA;
    }

    /** Linux takes no table whose active flags are anything but 0 or 0x80 (block/partitions/msdos.c). */
    boolean sane() {
        return IntStream.range(0, SLOTS).allMatch(slot -> (entry(slot).flag() & 0x7F) == 0);
    }

    boolean protective() {
        return IntStream.range(0, SLOTS).anyMatch(slot -> entry(slot).protective());
    }

    String diskSignature() {
        return String.format("%08x", view().getInt(SIGNATURE));
    }

    MbrEntry entry(int slot) {
        ByteBuffer view = view();
        int at = TABLE + slot * ENTRY;
        return new MbrEntry(
                bytes[at] & 0xFF,
                bytes[at + 4] & 0xFF,
                Integer.toUnsignedLong(view.getInt(at + 8)),
                Integer.toUnsignedLong(view.getInt(at + 12)));
    }

    /**
     * With another entry in the slot.
     *
     * @param base sector from which the entry's start counts, for the cylinder-head-sector fields
     */
    MbrSector with(int slot, MbrEntry entry, long base) {
        MbrSector changed = withSectors(slot, entry.sectors());
        ByteBuffer view = changed.view();
        int at = TABLE + slot * ENTRY;
        view.put(at, (byte) entry.flag());
        view.put(at + 4, (byte) entry.type());
        view.putInt(at + 8, (int) entry.start());
        putCylinders(view, at + 1, entry.used() ? base + entry.start() : -1);
        putCylinders(view, at + 5, entry.used() ? base + entry.start() + entry.sectors() - 1 : -1);
        return changed;
    }

    /** With another length in the slot and nothing else changed. */
    MbrSector withSectors(int slot, long sectors) {
        MbrSector changed = new MbrSector(bytes.clone());
        changed.view().putInt(TABLE + slot * ENTRY + 12, (int) sectors);
        return changed;
    }

    private static void putCylinders(ByteBuffer view, int at, long sector) {
        long cylinder = sector / (HEADS * TRACK);
        if (sector < 0) {
            view.put(at, new byte[3]);
        } else if (cylinder > 1023) {
            view.put(at, new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF});
        } else {
            view.put(at, (byte) (sector / TRACK % HEADS));
            view.put(at + 1, (byte) ((sector % TRACK + 1) | ((cylinder >> 2) & 0xC0)));
            view.put(at + 2, (byte) cylinder);
        }
    }

    /** Little-endian and as good as read-only: only {@code with...} writes, into its own copy. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    Region at(long offset) {
        return new Region(offset, view());
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof MbrSector other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
