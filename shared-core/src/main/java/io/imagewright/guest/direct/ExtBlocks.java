package io.imagewright.guest.direct;

import java.util.List;

import io.imagewright.disk.Piece;
import io.imagewright.disk.PieceList;

/** Where the content of a file lies on the disk. Source: "Block and Inode Allocation" of the kernel's ext4 documentation. Not thread-safe. */
final class ExtBlocks {

    private final ExtFileSystem fs;
    private final ExtExtents extents;

    ExtBlocks(ExtFileSystem fs) {
        this.fs = fs;
        this.extents = new ExtExtents(fs);
    }

    /**
     * What was written of a regular file, cut to its size, in order; what is left out reads as zeros.
     *
     * @throws io.imagewright.error.ImageException SOURCE when its blocks cannot be found
     */
    List<Piece> of(Inode inode) {
        Runs runs = new Runs(inode);
        if (!inode.usesExtents()) {
            addBlocks(inode, runs);
        } else if (!extents.walk(inode, run -> runs.add(run.logical(), run.physical(), run.blocks(), run.written()))) {
            throw fs.failure("map inode " + inode.number(), "the tree of its extents is damaged");
        }
        runs.requireOrder();
        return runs.pieces.list();
    }

    private void addBlocks(Inode inode, Runs runs) {
        long error = Ext2Library.ext2fs_block_iterate3(
                fs.handle(),
                inode.number(),
                Ext2Library.DATA_BLOCKS_TO_READ,
                null,
                (handle, number, index, reference, offset, data) ->
                        index < 0 || runs.add(index, number.getLong(0), 1, true) ? 0 : Ext2Library.STOP,
                null);
        fs.check("map inode " + inode.number(), error);
    }

    /** Makes pieces of runs of blocks. */
    private final class Runs {

        private final PieceList pieces = new PieceList();
        private final Inode inode;
        private final long blockSize = fs.superblock().blockSize();
        private long end;
        private boolean disordered;

        Runs(Inode inode) {
            this.inode = inode;
        }

        /** Takes a run; false, and no more is taken, when runs overlap: so a file has no more of them than blocks. */
        boolean add(long logical, long physical, long blocks, boolean written) {
            long offset = logical * blockSize;
            if (offset < end
                    || physical <= 0
                    || physical + blocks > fs.superblock().blocks()) {
                disordered = true;
                return false;
            }
            long length = Math.min(blocks * blockSize, inode.length() - offset);
            if (length <= 0) {
                return true; // given beyond the end of the file
            }
            end = offset + length;
            if (written) {
                pieces.add(new Piece(offset, length, fs.file(), fs.offset() + physical * blockSize));
            }
            return true;
        }

        void requireOrder() {
            if (disordered) {
                throw fs.failure("map inode " + inode.number(), "its blocks are in disorder or beyond the file system");
            }
        }
    }
}
