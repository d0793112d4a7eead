package io.imagewright.guest.direct;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.imagewright.guest.Bytes;

/**
 * The entries in the blocks of a directory (struct ext2_dir_entry). Those of an index and of checksums are in it as entries without an inode.
 */
final class DirectoryBlocks {

    private static final int HEADER = 8;

    private DirectoryBlocks() {}

    /** The names in their order, but {@code .} and {@code ..}; nothing when they are damaged. */
    static Optional<List<ExtDirectories.Name>> names(byte[] content, int blockSize) {
        ByteBuffer blocks = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        List<ExtDirectories.Name> names = new ArrayList<>();
        for (int at = 0; at < content.length; ) {
            int blockEnd = at - at % blockSize + blockSize;
            if (blockEnd > content.length) {
                return Optional.empty();
            }
            int length = blockEnd - at < HEADER ? 0 : length(blocks.getShort(at + 4) & 0xffff, blockSize);
            if (length < HEADER || length % 4 != 0 || length > blockEnd - at) {
                return Optional.empty();
            }
            int inode = blocks.getInt(at);
            int nameLength = blocks.get(at + 6) & 0xff;
            if (inode != 0) {
                if (nameLength > length - HEADER) {
                    return Optional.empty();
                }
                byte[] name = new byte[nameLength];
                blocks.get(at + HEADER, name);
                if (!isDots(name)) {
                    names.add(new ExtDirectories.Name(Bytes.of(name), inode));
                }
            }
            at += length;
        }
        return Optional.of(names);
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
