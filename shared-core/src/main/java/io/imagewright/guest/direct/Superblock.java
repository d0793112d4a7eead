package io.imagewright.guest.direct;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;

/**
 * The fields of an ext2/3/4 superblock that decide how the file system may be handled. Layout: {@code struct ext2_super_block}
 * of e2fsprogs, little-endian, 1024 bytes into the file system.
 *
 * @param blocks size of the file system in blocks
 * @param firstBlock number of the first block: 1 when blocks are 1024 bytes, else 0
 * @param blockSize bytes
 * @param inodeSize bytes
 * @param state bit 0: cleanly unmounted; bit 1: errors were found
 * @param lastOrphan head of the list of inodes being deleted; 0 for none
 * @param lastWrite seconds since the epoch
 * @param compat feature words
 * @param descriptorSize bytes of a group descriptor
 * @param reservedDescriptorBlocks blocks kept behind each copy of the descriptors so that the file system can grow
 */
record Superblock(
        long blocks,
        long freeBlocks,
        int firstBlock,
        int blockSize,
        long inodes,
        long freeInodes,
        long inodesPerGroup,
        long blocksPerGroup,
        int inodeSize,
        int state,
        long lastOrphan,
        long lastWrite,
        int compat,
        int incompat,
        int readOnlyCompat,
        int descriptorSize,
        int reservedDescriptorBlocks) {

    /** A bit for each of them, and a list of their fragments, must fit into the worker's memory. */
    private static final long MAX_BLOCKS = 1L << 30;

    private static final int OFFSET = 1024;
    private static final int LENGTH = 1024;
    private static final int MAGIC = 0xEF53;

    private static final int COMPAT_HAS_JOURNAL = 0x4;
    private static final int COMPAT_STABLE_INODES = 0x800;
    private static final int INCOMPAT_RECOVER = 0x4;
    private static final int INCOMPAT_JOURNAL_DEVICE = 0x8;
    private static final int INCOMPAT_64BIT = 0x80;
    private static final int INCOMPAT_EA_INODE = 0x400;
    private static final int READ_ONLY_SPARSE_SUPER = 0x1;
    private static final int READ_ONLY_BIGALLOC = 0x200;
    private static final int READ_ONLY_ORPHAN_PRESENT = 0x10000;

    /**
     * Reads it from the file system that starts at this byte of a file.
     *
     * @throws ImageException SOURCE when there is none that makes sense
     */
    static Superblock read(Path file, long offset, String subject) {
        ByteBuffer raw = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (raw.hasRemaining()) {
                if (channel.read(raw, offset + OFFSET + raw.position()) < 0) {
                    throw corrupt(subject, "it ends before its superblock");
                }
            }
        } catch (IOException failure) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE, "Cannot read " + subject, FileFailure.reason(failure), "", failure);
        }
        if ((raw.getShort(56) & 0xffff) != MAGIC) {
            throw corrupt(subject, "its superblock has no ext2/3/4 magic number");
        }
        int logBlockSize = raw.getInt(24);
        if (logBlockSize < 0 || logBlockSize > 6) {
            throw corrupt(subject, "its superblock names an impossible block size");
        }
        int incompat = raw.getInt(96);
        boolean wide = (incompat & INCOMPAT_64BIT) != 0;
        return new Superblock(
                unsigned(raw, 4) | (wide ? unsigned(raw, 336) << 32 : 0),
                unsigned(raw, 12) | (wide ? unsigned(raw, 344) << 32 : 0),
                raw.getInt(20),
                1024 << logBlockSize,
                unsigned(raw, 0),
                unsigned(raw, 16),
                unsigned(raw, 40),
                unsigned(raw, 32),
                raw.getInt(76) == 0 ? 128 : raw.getShort(88) & 0xffff,
                raw.getShort(58) & 0xffff,
                unsigned(raw, 232),
                unsigned(raw, 48) | (raw.get(628) & 0xffL) << 32,
                raw.getInt(92),
                incompat,
                raw.getInt(100),
                wide ? Math.max(32, raw.getShort(254) & 0xffff) : 32,
                raw.getShort(206) & 0xffff);
    }

    /**
     * Looks for the first backup where mke2fs(8) puts it.
     *
     * @param length bytes of the volume
     * @return its block, as {@code e2fsck -b} wants it
     */
    static OptionalLong backup(Path file, long offset, long length) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int blockSize = 1024; blockSize <= 4096; blockSize *= 2) {
                long block = 8L * blockSize + (blockSize == 1024 ? 1 : 0);
                ByteBuffer raw = ByteBuffer.allocate(58).order(ByteOrder.LITTLE_ENDIAN);
                long start = block * blockSize;
                if (start + raw.capacity() <= length
                        && channel.read(raw, offset + start) == raw.capacity()
                        && (raw.getShort(56) & 0xffff) == MAGIC
                        && 1024 << raw.getInt(24) == blockSize) {
                    return OptionalLong.of(block);
                }
            }
            return OptionalLong.empty();
        } catch (IOException unreadable) {
            return OptionalLong.empty();
        }
    }

    /** Whether the bitmaps on disk are the truth: unmounted cleanly, nothing to replay, no inode half deleted. */
    boolean isSettled() {
        return (state & 1) != 0
                && (state & 2) == 0
                && (incompat & INCOMPAT_RECOVER) == 0
                && lastOrphan == 0
                && (readOnlyCompat & READ_ONLY_ORPHAN_PRESENT) == 0;
    }

    boolean hasJournal() {
        return (compat & COMPAT_HAS_JOURNAL) != 0;
    }

    /** Number of block groups that a file system of this many blocks has. */
    long groups(long count) {
        return (count - firstBlock + blocksPerGroup - 1) / blocksPerGroup;
    }

    /** Whether a group carries a copy of the superblock (sparse_super: groups 0, 1 and powers of 3, 5 and 7). */
    boolean hasCopy(long group) {
        return (readOnlyCompat & READ_ONLY_SPARSE_SUPER) == 0
                || group <= 1
                || isPower(group, 3)
                || isPower(group, 5)
                || isPower(group, 7);
    }

    private static boolean isPower(long number, long base) {
        long power = base;
        while (power < number) {
            power *= base;
        }
        return power == number;
    }

    long size() {
        return blocks * blockSize;
    }

    /**
     * Refuses what this engine does not serve.
     *
     * @throws ImageException UNSUPPORTED naming the feature
     */
    void requireServed(String subject) {
        if ((incompat & INCOMPAT_JOURNAL_DEVICE) != 0) {
            throw unsupported(subject, "it is the journal of another file system");
        }
        if (blocks > MAX_BLOCKS) {
            throw ImageException.of(
                    ImageException.Kind.UNSUPPORTED,
                    "The direct engine cannot work on " + subject,
                    "it has " + blocks + " blocks; up to " + MAX_BLOCKS + " are served (4 TiB in blocks of 4096 bytes)",
                    "Take a guest on a smaller file system.");
        }
        if ((readOnlyCompat & READ_ONLY_BIGALLOC) != 0) {
            throw unsupported(subject, "it uses the feature bigalloc");
        }
        if ((incompat & INCOMPAT_EA_INODE) != 0) {
            throw unsupported(subject, "it uses the feature ea_inode");
        }
    }

    /**
     * Refuses another UUID for a file system that promises to keep it (stable_inodes).
     *
     * @throws ImageException UNSUPPORTED
     */
    void requireUuidMayChange(String subject) {
        if ((compat & COMPAT_STABLE_INODES) != 0) {
            throw ImageException.of(
                    ImageException.Kind.UNSUPPORTED,
                    "Cannot set the UUID of " + subject,
                    "files in it are encrypted by the UUID that it has (its feature stable_inodes)",
                    "Leave the operation fs-uuids off.");
        }
    }

    private static ImageException unsupported(String subject, String why) {
        return ImageException.of(
                ImageException.Kind.UNSUPPORTED,
                "The direct engine cannot work on " + subject,
                why,
                "Turn the feature off in the guest with tune2fs.");
    }

    private static ImageException corrupt(String subject, String why) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot use " + subject,
                why,
                "Repair it with e2fsck -b on a copy of the medium, or take another medium.");
    }

    private static long unsigned(ByteBuffer raw, int offset) {
        return raw.getInt(offset) & 0xffffffffL;
    }
}
