package io.imagewright.guest.direct;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.FileType;

/** An inode in the layout of {@code struct ext2_inode_large}; a copy in memory until it is written back. */
final class Inode {

    static final int MODE_REGULAR = 0100000;
    private static final int EXTENTS_FLAG = 0x80000;
    private static final int INLINE_DATA_FLAG = 0x10000000;
    private static final int VERITY_FLAG = 0x100000;
    private static final int ATTRIBUTES_MAGIC = 0xEA020000;
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
                links(),
                nanoseconds());
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

    /** Bytes of a regular file. */
    void setLength(long length) {
        raw.setInt(4, (int) length);
        raw.setInt(108, (int) (length >>> 32));
    }

    /** Access, change and modification, the same for all; what a small inode has no place for is left out. */
    void setTimes(long seconds, int nanoseconds) {
        setTimes(seconds);
        if (hasExtraTime()) {
            // the bits above the 32 that count from 1901 to 2038, then nanoseconds
            int extra = (nanoseconds << 2) | ((int) ((seconds - (int) seconds) >> 32) & 3);
            raw.setInt(132, extra);
            raw.setInt(136, extra);
            raw.setInt(140, extra);
            setCreation(seconds, extra);
        }
    }

    private void setCreation(long seconds, int extra) {
        if (u16(BASE_SIZE) >= 24) {
            raw.setInt(144, (int) seconds);
            raw.setInt(148, extra);
        }
    }

    /** Of a device: the old form where the numbers fit into it, as the kernel writes it. */
    void setDevice(int major, int minor) {
        boolean old = major < 256 && minor < 256;
        raw.setInt(BLOCK_AREA, old ? (major << 8) | minor : 0);
        raw.setInt(BLOCK_AREA + 4, old ? 0 : (minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12));
    }

    void setDeletionTime(long seconds) {
        raw.setInt(20, (int) seconds);
    }

    void useExtents() {
        raw.setInt(32, raw.getInt(32) | EXTENTS_FLAG);
    }

    /** Of what has no content: a device, a FIFO. */
    void dropExtents() {
        raw.setInt(32, raw.getInt(32) & ~EXTENTS_FLAG);
        raw.setMemory(BLOCK_AREA, 60, (byte) 0);
    }

    /** Whether blocks are found by extents, and not by block numbers. */
    boolean usesExtents() {
        return (raw.getInt(32) & EXTENTS_FLAG) != 0;
    }

    /** Whether the content lies in the inode itself. */
    boolean hasInlineData() {
        return (raw.getInt(32) & INLINE_DATA_FLAG) != 0;
    }

    /** Whether fs-verity protects the content, which nobody may change then. */
    boolean isProtected() {
        return (raw.getInt(32) & VERITY_FLAG) != 0;
    }

    /** Whether a block of extended attributes belongs to it, or some lie in it, behind its own fields (struct ext4_xattr_ibody_header). */
    boolean mayHaveAttributes() {
        int own = raw.size() > BASE_SIZE + 4 ? BASE_SIZE + u16(BASE_SIZE) : (int) raw.size();
        return raw.getInt(104) != 0 || u16(118) != 0 || (own + 4 <= raw.size() && raw.getInt(own) == ATTRIBUTES_MAGIC);
    }

    /** Of a device: the old form has 8 bits each in the first block number, the new one, in the second, more. */
    int major() {
        int old = raw.getInt(BLOCK_AREA);
        return old != 0 ? (old >>> 8) & 0xff : (raw.getInt(BLOCK_AREA + 4) >>> 8) & 0xfff;
    }

    /** Of a device. */
    int minor() {
        int old = raw.getInt(BLOCK_AREA);
        int number = raw.getInt(BLOCK_AREA + 4);
        return old != 0 ? old & 0xff : (number & 0xff) | ((number >>> 12) & 0xfff00);
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
        return raw.getInt(16) + (hasExtraTime() ? (raw.getInt(136) & 3L) << 32 : 0);
    }

    private int nanoseconds() {
        int nanoseconds = hasExtraTime() ? raw.getInt(136) >>> 2 : 0;
        return nanoseconds < 1_000_000_000 ? nanoseconds : 0;
    }

    /** Whether it is large enough for {@code i_mtime_extra}. */
    private boolean hasExtraTime() {
        return raw.size() > BASE_SIZE && u16(BASE_SIZE) >= 12;
    }

    private int u16(int offset) {
        return raw.getShort(offset) & 0xffff;
    }
}
