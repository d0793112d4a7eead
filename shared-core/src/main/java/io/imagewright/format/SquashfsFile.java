package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A regular file: blocks one behind the other, of which those that hold zeros are not there, and perhaps its tail in a block with other files' tails. */
final class SquashfsFile extends SquashfsNode {

    private static final long BASIC = 0xffff_ffffL;

    private static final int[] EMPTY = new int[0];

    private final long size;
    private long start;
    private int fragment = NONE;
    private int fragmentOffset;

    /** Bytes of holes. */
    private long holes;

    /** Blocks so far, those of zeros included. */
    private int blocks;

    /** Of the blocks that are there: which one it is, and its size in the file system. */
    private int[] indexes = EMPTY;

    private int[] sizes = EMPTY;
    private int there;

    /** @param size in bytes */
    SquashfsFile(Attributes attributes, long size) {
        super(attributes);
        this.size = size;
    }

    @Override
    int type() {
        return 2;
    }

    /** The next blocks hold zeros only. */
    void addHole(int count, long bytes) {
        blocks += count;
        holes += bytes;
    }

    /** The next block holds something. Gives its place for {@link #setBlock}. */
    int addBlock() {
        if (there == indexes.length) {
            int room = there == 0 ? 1 : 2 * there;
            indexes = Arrays.copyOf(indexes, room);
            sizes = Arrays.copyOf(sizes, room);
        }
        indexes[there] = blocks++;
        return there++;
    }

    /**
     * Where it is; that of a block that is not the first follows the one before.
     *
     * @param size see {@link SquashfsBlock#size}
     */
    void setBlock(int place, long position, int size) {
        sizes[place] = size;
        if (place == 0) {
            start = position;
        }
    }

    void setTail(int fragment, int offset) {
        this.fragment = fragment;
        this.fragmentOffset = offset;
    }

    @Override
    void write(SquashfsMetadata inodes) {
        boolean extended = hasExtendedAttributes() || links() > 1 || holes > 0 || size > BASIC || start > BASIC;
        ByteBuffer inode = start(40, extended);
        if (extended) {
            inode.putLong(start).putLong(size).putLong(holes).putInt(links());
            inode.putInt(fragment).putInt(fragmentOffset).putInt(attributes().extended());
        } else {
            inode.putInt((int) start).putInt(fragment).putInt(fragmentOffset).putInt((int) size);
        }
        inodes.append(inode);
        ByteBuffer blockSize = SquashfsMetadata.buffer(Integer.BYTES);
        int next = 0;
        for (int i = 0; i < there; i++) {
            inodes.appendZeros((long) Integer.BYTES * (indexes[i] - next));
            inodes.append(blockSize.clear().putInt(sizes[i]));
            next = indexes[i] + 1;
        }
        inodes.appendZeros((long) Integer.BYTES * (blocks - next));
    }
}
