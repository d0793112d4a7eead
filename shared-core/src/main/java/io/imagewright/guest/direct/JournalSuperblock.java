package io.imagewright.guest.direct;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

import io.imagewright.disk.SparseFile;

/**
 * The first block of an internal journal: {@code journal_superblock_t} of include/linux/jbd2.h, 1024 bytes, big-endian. It repeats the UUID of its
 * file system; nobody compares the two, but tune2fs leaves it the old one.
 */
final class JournalSuperblock {

    private static final int LENGTH = 1024;
    private static final int MAGIC = 0xC03B3998;
    private static final int VERSION_2 = 4;
    private static final int BLOCK_TYPE_AT = 0x4;
    private static final int INCOMPAT_AT = 0x28;
    private static final int UUID_AT = 0x30;
    private static final int CHECKSUM_AT = 0xFC;
    private static final int CHECKSUMS = 0x8 | 0x10; // JBD2_FEATURE_INCOMPAT_CSUM_V2, _V3

    private JournalSuperblock() {}

    /** Writes another UUID to the one at this byte of a file; nothing when there is none of version 2, which alone has an UUID. */
    static void setUuid(SparseFile file, long offset, UUID uuid) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(LENGTH);
        file.read(offset, block);
        if (block.getInt(0) != MAGIC || block.getInt(BLOCK_TYPE_AT) != VERSION_2) {
            return;
        }
        block.putLong(UUID_AT, uuid.getMostSignificantBits());
        block.putLong(UUID_AT + Long.BYTES, uuid.getLeastSignificantBits());
        if ((block.getInt(INCOMPAT_AT) & CHECKSUMS) != 0) {
            block.putInt(CHECKSUM_AT, 0);
            CRC32C checksum = new CRC32C();
            checksum.update(block.array());
            block.putInt(CHECKSUM_AT, (int) ~checksum.getValue()); // the kernel's crc32c does not invert its result
        }
        file.write(offset, block.rewind());
    }
}
