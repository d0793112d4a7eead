package io.imagewright.guest.direct;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

import io.imagewright.guest.Bytes;

/**
 * The entries in a block of a directory (struct ext2_dir_entry). What belongs to an index or is a checksum looks like entries without an
 * inode.
 */
final class DirectoryBlock {

    private static final int HEADER = 8;

    private DirectoryBlock() {}

    /** Passes on the names in their order, but {@code .} and {@code ..}; false, after some of them, when the block is damaged. */
    static boolean read(byte[] block, Consumer<ExtDirectories.Name> names) {
        ByteBuffer bytes = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        // as libext2fs: what begins in the last bytes is no entry
        while (at < block.length - HEADER) {
            int length = length(bytes.getShort(at + 4) & 0xffff, block.length);
            int nameLength = bytes.get(at + 6) & 0xff;
            if (length < HEADER + nameLength || length % 4 != 0 || length > block.length - at) {
                return false;
            }
            int inode = bytes.getInt(at);
            if (inode != 0) {
                byte[] name = new byte[nameLength];
                bytes.get(at + HEADER, name);
                if (!isDots(name)) {
                    names.accept(new ExtDirectories.Name(Bytes.of(name), inode));
                }
            }
            at += length;
        }
        return true;
    }

    /** In blocks of 64 KiB, lengths have 18 bits, the upper two in the lower two (ext2fs_get_rec_len). */
    private static int length(int written, int blockSize) {
        if (blockSize < 1 << 16) {
            return written;
        }
        return written == 0xffff || written == 0 ? blockSize : (written & 0xfffc) | (written & 3) << 16;
    }

    static boolean isDots(byte[] name) {
        return name.length > 0 && name.length <= 2 && name[0] == '.' && name[name.length - 1] == '.';
    }
}
