package io.imagewright.disk;

/**
 * One of the four slots of an MBR or EBR.
 *
 * @param flag 0x80 for active
 * @param start first sector; in an EBR counted from the EBR, or for a link from the start of the extended partition
 */
record MbrEntry(int flag, int type, long start, long sectors) {

    static final MbrEntry EMPTY = new MbrEntry(0, 0, 0, 0);
    static final int PROTECTIVE = 0xEE;
    static final long MAXIMUM = 0xFFFFFFFFL;

    boolean used() {
        return type != 0 && sectors != 0;
    }

    /** The three types that Linux follows. */
    boolean extended() {
        return used() && (type == 0x05 || type == 0x0F || type == 0x85);
    }

    /** Linux takes a disk for GPT only when such an entry starts at sector 1. */
    boolean protective() {
        return type == PROTECTIVE && start == 1;
    }

    MbrEntry withSectors(long length) {
        return new MbrEntry(flag, type, start, length);
    }
}
