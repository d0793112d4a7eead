package io.imagewright.guest.direct;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

import com.sun.jna.ptr.LongByReference;

/** What of a file system is in use, and where its own tables are. */
final class ExtAllocation {

    private static final int JOURNAL = 8;

    /** Blocks; tune2fs(8) makes no longer journal. */
    private static final long MAX_JOURNAL = 10_240_000;

    /** Offsets in {@code struct struct_ext2_filsys} of ext2fs.h on a 64-bit machine. */
    private static final int OFFSET_INODE_MAP = 80;

    private static final int OFFSET_BLOCK_MAP = 88;
    private static final int OFFSET_GROUPS = 48;

    /** Blocks that lie beside each other. */
    record BlockRun(long start, int count) {}

    private final ExtFileSystem fs;

    ExtAllocation(ExtFileSystem fs) {
        this.fs = fs;
    }

    int groups() {
        return fs.handle().getInt(OFFSET_GROUPS);
    }

    boolean groupHas(int group, int flag) {
        return Ext2Library.ext2fs_bg_flags_test(fs.handle(), group, (short) flag) != 0;
    }

    long blockBitmapAt(int group) {
        return Ext2Library.ext2fs_block_bitmap_loc(fs.handle(), group);
    }

    long inodeBitmapAt(int group) {
        return Ext2Library.ext2fs_inode_bitmap_loc(fs.handle(), group);
    }

    long inodeTableAt(int group) {
        return Ext2Library.ext2fs_inode_table_loc(fs.handle(), group);
    }

    /** One bit per cluster, the first being {@code start}; {@code count} a multiple of 8 but for the last ones. */
    byte[] blockBits(long start, int count) {
        byte[] bits = new byte[(count + 7) / 8];
        fs.check(
                "read the block bitmap",
                Ext2Library.ext2fs_get_block_bitmap_range2(
                        fs.handle().getPointer(OFFSET_BLOCK_MAP), start, count, bits));
        return bits;
    }

    /** One bit per inode of a group. */
    byte[] inodeBits(int group) {
        int count = (int) fs.superblock().inodesPerGroup();
        byte[] bits = new byte[(count + 7) / 8];
        long start = (long) group * count + 1;
        fs.check(
                "read the inode bitmap",
                Ext2Library.ext2fs_get_inode_bitmap_range2(
                        fs.handle().getPointer(OFFSET_INODE_MAP), start, count, bits));
        return bits;
    }

    /** Blocks of the journal in their order, holes left out; empty without an internal journal. No more than a journal can have. */
    List<Long> journalBlocks() {
        if (!fs.superblock().hasJournal() || fs.inode(JOURNAL).length() == 0) {
            return List.of();
        }
        List<Long> blocks = new ArrayList<>();
        // the length is what the medium says, and nothing has checked it yet
        long most = Math.min(fs.superblock().blocks(), MAX_JOURNAL);
        long count = Math.min(
                Long.divideUnsigned(fs.inode(JOURNAL).length(), fs.superblock().blockSize()), most);
        LongByReference physical = new LongByReference();
        for (long block = 0; block < count; block++) {
            fs.check(
                    "map the journal",
                    Ext2Library.ext2fs_bmap2(fs.handle(), JOURNAL, null, null, 0, block, null, physical));
            if (physical.getValue() != 0) {
                blocks.add(physical.getValue());
            }
        }
        return blocks;
    }

    /** Inodes in use, in order. */
    void forEachInode(Consumer<Inode> action) {
        int perGroup = (int) fs.superblock().inodesPerGroup();
        for (int group = 0; group < groups(); group++) {
            if (!groupHas(group, Ext2Library.GROUP_INODE_UNINIT)) {
                int first = group * perGroup + 1;
                BitSet.valueOf(inodeBits(group)).stream()
                        .filter(index -> index < perGroup)
                        .forEach(index -> action.accept(fs.inode(first + index)));
            }
        }
    }

    /**
     * Runs of blocks that were given to files (fallocate(2)) and never written: they read as zeros, whatever the disk still holds there.
     * An inode whose extents cannot be read counts as having none; e2fsck will speak of it.
     */
    List<BlockRun> unwrittenBlocks() {
        List<BlockRun> runs = new ArrayList<>();
        ExtExtents extents = new ExtExtents(fs);
        forEachInode(inode -> {
            if (inode.usesExtents()) {
                List<BlockRun> found = new ArrayList<>();
                if (extents.walk(
                        inode, run -> run.written() || found.add(new BlockRun(run.physical(), run.blocks())))) {
                    runs.addAll(found);
                }
            }
        });
        return runs;
    }
}
