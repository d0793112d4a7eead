package io.imagewright.guest.direct;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Predicate;

import com.sun.jna.Memory;
import com.sun.jna.ptr.PointerByReference;

/**
 * Reads the extents of inodes, which map the blocks of their files. Source: "Extent Tree" of the kernel's ext4 documentation. Not thread-safe.
 */
final class ExtExtents {

    /**
     * Blocks that lie beside each other in the file and in the file system.
     *
     * @param logical the first one's number in the file
     * @param physical the first one's number in the file system
     * @param written false of those that were given to the file and never written: they read as zeros, whatever the disk holds there
     */
    record Run(long logical, long physical, int blocks, boolean written) {}

    private static final int MAGIC = 0xF30A;

    /** Bytes of the header, and of an entry behind it. */
    private static final int ENTRY = 12;

    /** Entries that an inode has room for itself. */
    private static final int OWN_ENTRIES = 4;

    /** A longer extent than this is one of this many blocks less, given to the file and never written. */
    private static final int UNWRITTEN = 32768;

    /** {@code struct ext2fs_extent} of ext2fs.h: physical and logical block (64 bits each), then length and flags. */
    private static final int LENGTH = 16;

    private static final int FLAGS = 20;
    private static final int SIZE = 24;

    private final ExtFileSystem fs;

    /** Entries still to be looked at: a whole file system has no more than blocks, each index seen twice; one whose trees refer to each other has no end. */
    private long unread;

    ExtExtents(ExtFileSystem fs) {
        this.fs = fs;
        this.unread = 2 * fs.superblock().blocks();
    }

    /**
     * Walks the extents of an inode that {@linkplain Inode#usesExtents() has some}.
     *
     * @param action called for each run in the order of the tree, which a damaged one need not keep; false to stop
     * @return whether all were read, or the action stopped it; false when the tree is damaged
     */
    boolean walk(Inode inode, Predicate<Run> action) {
        ByteBuffer area = ByteBuffer.wrap(inode.blockArea()).order(ByteOrder.LITTLE_ENDIAN);
        int entries = area.getShort(2) & 0xffff;
        boolean isLeaf = (area.getShort(0) & 0xffff) == MAGIC && area.getShort(6) == 0 && entries <= OWN_ENTRIES;
        // those of most files lie in the inode: the library, which takes longer, is asked for the others only
        return isLeaf ? walkLeaf(area, entries, action) : walkTree(inode, action);
    }

    private static boolean walkLeaf(ByteBuffer area, int entries, Predicate<Run> action) {
        for (int at = ENTRY; at < ENTRY + ENTRY * entries; at += ENTRY) {
            int length = area.getShort(at + 4) & 0xffff;
            boolean written = length <= UNWRITTEN;
            long start = ((area.getShort(at + 6) & 0xffffL) << 32) | (area.getInt(at + 8) & 0xffffffffL);
            long logical = area.getInt(at) & 0xffffffffL;
            if (!action.test(new Run(logical, start, written ? length : length - UNWRITTEN, written))) {
                return true;
            }
        }
        return true;
    }

    private boolean walkTree(Inode inode, Predicate<Run> action) {
        PointerByReference cursor = new PointerByReference();
        if (Ext2Library.ext2fs_extent_open2(fs.handle(), inode.number(), inode.raw(), cursor) != 0) {
            return false;
        }
        try (Memory extent = new Memory(SIZE)) {
            int move = Ext2Library.EXTENT_ROOT;
            while (unread-- > 0) {
                long error = Ext2Library.ext2fs_extent_get(cursor.getValue(), move, extent);
                if (error != 0) {
                    return error == Ext2Library.NO_NEXT_EXTENT;
                }
                int flags = extent.getInt(FLAGS);
                boolean written = (flags & Ext2Library.EXTENT_UNINIT) == 0;
                if ((flags & Ext2Library.EXTENT_LEAF) != 0
                        && !action.test(
                                new Run(extent.getLong(8), extent.getLong(0), extent.getInt(LENGTH), written))) {
                    return true;
                }
                move = Ext2Library.EXTENT_NEXT;
            }
            return false;
        } finally {
            Ext2Library.ext2fs_extent_free(cursor.getValue());
        }
    }
}
