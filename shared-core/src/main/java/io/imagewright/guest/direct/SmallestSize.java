package io.imagewright.guest.direct;

/**
 * How few blocks an ext2/3/4 file system without journal can have and still hold what it holds. {@code resize2fs -M} overestimates
 * by a third on ordinary disks, as it assumes the worst of the extent trees; here the blocks of files are taken as they are, and only
 * what the layout itself costs is computed for the new size.
 */
final class SmallestSize {

    /** resize2fs drops a last group that has fewer blocks than its own metadata and these. */
    private static final long LAST_GROUP_SPARE = 50;

    private final Superblock superblock;

    SmallestSize(Superblock superblock) {
        this.superblock = superblock;
    }

    /**
     * Blocks of the file system with at least {@code free} blocks unused; never more than it has now.
     *
     * @param free less than 0 for content that will be gone
     */
    long withFree(long free) {
        long content = superblock.blocks() - superblock.freeBlocks() - overhead(superblock.blocks());
        long wanted = Math.max(0, content + free);
        long size = wanted;
        // the overhead grows with the size in steps, so this settles after a few rounds
        while (size < superblock.blocks() && size - overhead(size) < wanted) {
            size = wanted + overhead(size);
        }
        size = Math.max(size, blocksForInodes());
        return Math.min(superblock.blocks(), roundLastGroup(size));
    }

    private long roundLastGroup(long size) {
        long group = superblock.groups(size) - 1;
        long inLastGroup = size - superblock.firstBlock() - group * superblock.blocksPerGroup();
        long least = groupOverhead(group, superblock.groups(size)) + LAST_GROUP_SPARE;
        return inLastGroup < least ? size + least - inLastGroup : size;
    }

    /** Inodes of removed groups must find a place in the groups that stay. */
    private long blocksForInodes() {
        long used = superblock.inodes() - superblock.freeInodes();
        long groups = (used + superblock.inodesPerGroup() - 1) / superblock.inodesPerGroup();
        return superblock.firstBlock() + (groups - 1) * superblock.blocksPerGroup() + 1;
    }

    private long overhead(long blocks) {
        long groups = superblock.groups(blocks);
        long sum = superblock.firstBlock();
        for (long group = 0; group < groups; group++) {
            sum += groupOverhead(group, groups);
        }
        return sum;
    }

    private long groupOverhead(long group, long groups) {
        long table = ceilingDivide(superblock.inodesPerGroup() * superblock.inodeSize(), superblock.blockSize());
        long copies = superblock.hasCopy(group)
                ? 1
                        + ceilingDivide(groups * superblock.descriptorSize(), superblock.blockSize())
                        + superblock.reservedDescriptorBlocks()
                : 0;
        return table + 2 + copies;
    }

    private static long ceilingDivide(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
