package io.imagewright.guest.direct;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

import io.imagewright.disk.Extent;
import io.imagewright.disk.SparseFile;

/**
 * Empties what a file system does not use but still holds: free blocks and the like become holes of its file, and inodes that are not
 * in use, which keep the target of a deleted symbolic link or a deleted attribute, become zeros.
 */
final class StaleData {

    private StaleData() {}

    /** Cleans the file system alone in this file; nothing may have it open. */
    static void remove(Path file, String subject, long now) {
        try (SparseFile sparse = SparseFile.openWrite(file);
                ExtFileSystem fs = ExtFileSystem.open(file, 0, subject, false, now)) {
            punchComplement(sparse, LiveBlocks.of(fs));
            for (int group = 0; group < fs.allocation().groups(); group++) {
                if (!fs.allocation().groupHas(group, Ext2Library.GROUP_INODE_UNINIT)) {
                    zeroUnusedInodes(sparse, fs, group);
                }
            }
        } catch (IOException failure) {
            throw WorkingCopy.unwritable(subject, failure);
        }
    }

    private static void punchComplement(SparseFile sparse, List<Extent> live) throws IOException {
        long position = 0;
        for (Extent extent : live) {
            if (extent.offset() > position) {
                sparse.punch(position, extent.offset() - position);
            }
            position = extent.end();
        }
        if (position < sparse.size()) {
            sparse.punch(position, sparse.size() - position);
        }
    }

    private static void zeroUnusedInodes(SparseFile sparse, ExtFileSystem fs, int group) throws IOException {
        Superblock superblock = fs.superblock();
        int inodeSize = superblock.inodeSize();
        int perBlock = superblock.blockSize() / inodeSize;
        BitSet used = BitSet.valueOf(fs.allocation().inodeBits(group));
        long table = fs.allocation().inodeTableAt(group) * superblock.blockSize();
        ByteBuffer block = ByteBuffer.allocate(superblock.blockSize());
        for (int first = used.nextSetBit(0); first >= 0 && first < superblock.inodesPerGroup(); ) {
            int start = first - first % perBlock;
            if (used.nextClearBit(start) < start + perBlock) {
                long offset = table + (long) start * inodeSize;
                sparse.read(offset, block.clear());
                for (int i = 0; i < perBlock; i++) {
                    if (!used.get(start + i)) {
                        block.put(i * inodeSize, new byte[inodeSize]);
                    }
                }
                sparse.write(offset, block.flip());
            }
            first = used.nextSetBit(start + perBlock);
        }
    }
}
