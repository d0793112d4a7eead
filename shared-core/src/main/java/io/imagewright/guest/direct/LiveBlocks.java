package io.imagewright.guest.direct;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import io.imagewright.disk.Extent;

/**
 * Which blocks of an ext2/3/4 file system hold something that counts. Everything else is noise of the past: free blocks, tables of
 * inodes that were never used, bitmaps that the kernel has not written yet (uninit_bg), the body of an empty journal, blocks that a file has but
 * never wrote.
 */
final class LiveBlocks {

    private final ExtFileSystem fs;
    private final Superblock superblock;
    private final BitSet live;

    private LiveBlocks(ExtFileSystem fs) {
        this.fs = fs;
        this.superblock = fs.superblock();
        this.live = new BitSet(Math.toIntExact(superblock.blocks()));
    }

    /** Extents in bytes from the start of the file system, in order; touching ones are one. */
    static List<Extent> of(ExtFileSystem fs) {
        LiveBlocks blocks = new LiveBlocks(fs);
        blocks.readBitmap();
        for (int group = 0; group < fs.allocation().groups(); group++) {
            blocks.dropUnusedMetadata(group);
        }
        blocks.dropJournalBody();
        blocks.dropUnwritten();
        return blocks.extents();
    }

    /** The bitmap has a bit for each cluster, which is a block but for bigalloc. */
    private void readBitmap() {
        int step = 1 << 20;
        int bits = superblock.clusterBits();
        live.set(0, superblock.firstBlock());
        long first = superblock.firstBlock() >> bits;
        long clusters = (superblock.blocks() + (1L << bits) - 1) >> bits;
        for (long start = first; start < clusters; start += step) {
            int count = (int) Math.min(step, clusters - start);
            BitSet used = BitSet.valueOf(fs.allocation().blockBits(start, count));
            long base = start;
            used.stream().filter(bit -> bit < count).forEach(bit -> {
                long from = (base + bit) << bits;
                live.set(Math.toIntExact(from), Math.toIntExact(Math.min(from + (1L << bits), superblock.blocks())));
            });
        }
    }

    private void dropUnusedMetadata(int group) {
        if (fs.allocation().groupHas(group, Ext2Library.GROUP_BLOCK_UNINIT)) {
            drop(fs.allocation().blockBitmapAt(group));
        }
        boolean neverUsed = fs.allocation().groupHas(group, Ext2Library.GROUP_INODE_UNINIT);
        if (neverUsed) {
            drop(fs.allocation().inodeBitmapAt(group));
        }
        BitSet used = neverUsed ? new BitSet() : BitSet.valueOf(fs.allocation().inodeBits(group));
        int perBlock = superblock.blockSize() / superblock.inodeSize();
        long table = fs.allocation().inodeTableAt(group);
        for (int inode = 0; inode < superblock.inodesPerGroup(); inode += perBlock) {
            int next = used.nextSetBit(inode);
            if (next < 0 || next >= inode + perBlock) {
                drop(table + inode / perBlock);
            }
        }
    }

    /** A journal that needs no replay is empty: its first block says so, the others are old transactions. */
    private void dropJournalBody() {
        if (superblock.isSettled()) {
            fs.allocation().journalBlocks().stream().skip(1).forEach(this::drop);
        }
    }

    /** A damaged source may say anything, also of blocks that are not there. */
    private void dropUnwritten() {
        for (ExtAllocation.BlockRun run : fs.allocation().unwrittenBlocks()) {
            long end = Math.min(run.start() + run.count(), superblock.blocks());
            long start = Math.max(run.start(), superblock.firstBlock());
            if (start < end) {
                live.clear(Math.toIntExact(start), Math.toIntExact(end));
            }
        }
    }

    private void drop(long block) {
        if (block >= 0 && block < superblock.blocks()) {
            live.clear(Math.toIntExact(block));
        }
    }

    private List<Extent> extents() {
        List<Extent> extents = new ArrayList<>();
        int size = superblock.blockSize();
        for (int start = live.nextSetBit(0); start >= 0; ) {
            int end = live.nextClearBit(start);
            extents.add(new Extent((long) start * size, (long) (end - start) * size));
            start = live.nextSetBit(end);
        }
        return extents;
    }
}
