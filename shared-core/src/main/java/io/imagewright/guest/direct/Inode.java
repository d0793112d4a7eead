package io.imagewright.guest.direct;

import java.util.stream.IntStream;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.FileType;

/** An inode in the layout of {@code struct ext2_inode_large}; a copy in memory until it is written back. */
final class Inode {

    static final int MODE_REGULAR = 0100000;
    private static final int EXTENTS_FLAG = 0x80000;
    private static final int BASE_SIZE = 128;
    private static final int BLOCK_AREA = 40;

    private final int number;
    private final Memory raw;

    Inode(int number, int size) {
        this.number = number;
        this.raw = new Memory(size);
        raw.clear();
    }

    int number() {
        return number;
    }

    Pointer raw() {
        return raw;
    }

    int size() {
        return (int) raw.size();
    }

    FileStat stat() {
        return new FileStat(
                type(),
                mode() & 07777,
                u16(2) | u16(120) << 16,
                u16(24) | u16(122) << 16,
                length(),
                modified(),
                number & 0xffffffffL,
                links());
    }

    int mode() {
        return u16(0);
    }

    void setMode(int mode) {
        raw.setShort(0, (short) mode);
    }

    void setPermissions(int permissions) {
        setMode((mode() & ~07777) | (permissions & 07777));
    }

    void setOwner(int owner, int group) {
        raw.setShort(2, (short) owner);
        raw.setShort(120, (short) (owner >>> 16));
        raw.setShort(24, (short) group);
        raw.setShort(122, (short) (group >>> 16));
    }

    int links() {
        return u16(26);
    }

    void setLinks(int links) {
        raw.setShort(26, (short) links);
    }

    void setTimes(long seconds) {
        for (int field : new int[] {8, 12, 16}) {
            raw.setInt(field, (int) seconds);
        }
    }

    void setDeletionTime(long seconds) {
        raw.setInt(20, (int) seconds);
    }

    void useExtents() {
        raw.setInt(32, raw.getInt(32) | EXTENTS_FLAG);
    }

    /**
     * Whether the extents must be looked at for unwritten ones. Those of most files lie in the inode: a header of 12 bytes with their number and
     * the depth of the tree, then 12 bytes each; a length above 32768 marks an unwritten one (struct ext4_extent).
     */
    boolean mayHaveUnwrittenExtents() {
        if ((raw.getInt(32) & EXTENTS_FLAG) == 0) {
            return false;
        }
        int depth = u16(BLOCK_AREA + 6);
        int entries = Math.min(u16(BLOCK_AREA + 2), 4);
        return depth > 0
                || IntStream.rangeClosed(1, entries).anyMatch(entry -> u16(BLOCK_AREA + 12 * entry + 4) > 32768);
    }

    /** The 60 bytes that hold block numbers, or the target of a short symbolic link. */
    byte[] blockArea() {
        return raw.getByteArray(BLOCK_AREA, 60);
    }

    long length() {
        long low = raw.getInt(4) & 0xffffffffL;
        return type() == FileType.REGULAR || type() == FileType.DIRECTORY
                ? low | (raw.getInt(108) & 0xffffffffL) << 32
                : low;
    }

    FileType type() {
        return switch (mode() >> 12) {
            case 1 -> FileType.FIFO;
            case 2 -> FileType.CHARACTER_DEVICE;
            case 4 -> FileType.DIRECTORY;
            case 6 -> FileType.BLOCK_DEVICE;
            case 10 -> FileType.SYMLINK;
            case 12 -> FileType.SOCKET;
            default -> FileType.REGULAR;
        };
    }

    /** Seconds, with the two epoch bits of large inodes. */
    private long modified() {
        long seconds = raw.getInt(16);
        boolean large = raw.size() > BASE_SIZE && u16(128) >= 12;
        return large ? seconds + ((raw.getInt(136) & 3L) << 32) : seconds;
    }

    private int u16(int offset) {
        return raw.getShort(offset) & 0xffff;
    }
}
