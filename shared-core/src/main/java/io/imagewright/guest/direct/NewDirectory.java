package io.imagewright.guest.direct;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.guest.FileType;

/**
 * The names of a directory that is being made, as blocks in the order in which they come: libext2fs would search all blocks for each name. Source:
 * "Linear (Classic) Directories" of the kernel's documentation of ext4.
 */
final class NewDirectory {

    private static final int HEADER = 8;

    /** The entry with the checksum at the end of a block. */
    private static final int TAIL = 12;

    private static final int TAIL_MARK = 0xDE;

    private final int number;
    private final int blockSize;
    private final int usable;
    private final List<byte[]> blocks = new ArrayList<>();
    private ByteBuffer block;
    private int last;
    private int links = 2;

    /**
     * A directory that is empty.
     *
     * @param number of its inode
     * @param hasTail whether blocks end with a checksum
     */
    NewDirectory(int number, int parent, int blockSize, boolean hasTail) {
        this.number = number;
        this.blockSize = blockSize;
        this.usable = hasTail ? blockSize - TAIL : blockSize;
        this.block = begin();
        add(new byte[] {'.'}, number, FileType.DIRECTORY);
        add(new byte[] {'.', '.'}, parent, FileType.DIRECTORY);
    }

    int number() {
        return number;
    }

    /** Counts a directory inside, and gives its links then. */
    int addLink() {
        return ++links;
    }

    private ByteBuffer begin() {
        byte[] bytes = new byte[blockSize];
        blocks.add(bytes);
        ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        view.putShort(4, (short) usable);
        if (usable < blockSize) {
            view.putShort(usable + 4, (short) TAIL).put(usable + 7, (byte) TAIL_MARK);
        }
        last = 0;
        return view;
    }

    /** Adds a name that is not there yet. */
    void add(byte[] name, int inode, FileType type) {
        int length = length(name.length);
        if (block.position() + length > usable) {
            block = begin();
        }
        int at = block.position();
        if (at > 0) {
            block.putShort(last + 4, (short) (at - last));
        }
        block.putInt(inode).putShort((short) (usable - at)).put((byte) name.length);
        block.put((byte) typeOf(type)).put(name).position(at + length);
        last = at;
    }

    private static int length(int name) {
        return (HEADER + name + 3) / 4 * 4;
    }

    private static int typeOf(FileType type) {
        return switch (type) {
            case REGULAR -> 1;
            case DIRECTORY -> 2;
            case CHARACTER_DEVICE -> 3;
            case BLOCK_DEVICE -> 4;
            case FIFO -> 5;
            case SOCKET -> 6;
            case SYMLINK -> 7;
        };
    }

    /** At least so many blocks, the rest of them empty. */
    List<byte[]> blocks(int least) {
        while (blocks.size() < least) {
            begin();
        }
        return blocks;
    }
}
