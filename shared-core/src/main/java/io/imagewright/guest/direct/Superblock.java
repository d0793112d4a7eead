package io.imagewright.guest.direct;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

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
 * @param clusterBits binary logarithm of the blocks that are allocated at once; 0 but for bigalloc
 * @param mmpBlock block of the feature mmp
 * @param journalElsewhere whether the journal is on another device
 * @param checksumRight whether its checksum is that of its content; true of one without
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
        int reservedDescriptorBlocks,
        int clusterBits,
        long mmpBlock,
        boolean journalElsewhere,
        boolean checksumRight) {

    /** A bit for each of them, and a list of their fragments, must fit into the worker's memory. */
    private static final long MAX_BLOCKS = 1L << 30;

    private static final int OFFSET = 1024;
    private static final int LENGTH = 1024;
    private static final int MAGIC = 0xEF53;

    private static final int COMPAT_HAS_JOURNAL = 0x4;
    private static final int INCOMPAT_64BIT = 0x80;
    private static final int READ_ONLY_BIGALLOC = 0x200;
    private static final int READ_ONLY_METADATA_CSUM = 0x400;

    /** Offset of the checksum of all before it. */
    private static final int CHECKSUM = 1020;

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
        boolean bigalloc = (raw.getInt(100) & READ_ONLY_BIGALLOC) != 0;
        int clusterBits = bigalloc ? raw.getInt(28) - logBlockSize : 0;
        if (clusterBits < 0 || clusterBits > 20) {
            throw corrupt(subject, "its superblock names an impossible cluster size");
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
                raw.getShort(206) & 0xffff,
                clusterBits,
                raw.getLong(360),
                (raw.getInt(92) & COMPAT_HAS_JOURNAL) != 0
                        && raw.getInt(224) == 0
                        && (raw.getLong(208) | raw.getLong(216) | raw.getInt(228)) != 0,
                (raw.getInt(100) & READ_ONLY_METADATA_CSUM) == 0 || raw.getInt(CHECKSUM) == checksum(raw));
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
                && !has(ExtFeature.NEEDS_RECOVERY)
                && lastOrphan == 0
                && !has(ExtFeature.ORPHAN_PRESENT);
    }

    boolean has(ExtFeature feature) {
        return feature.isIn(this);
    }

    /** A word of feature bits. */
    int word(ExtFeature.Word word) {
        return switch (word) {
            case COMPAT -> compat;
            case INCOMPAT -> incompat;
            case READ_ONLY_COMPAT -> readOnlyCompat;
        };
    }

    boolean hasJournal() {
        return has(ExtFeature.HAS_JOURNAL);
    }

    /** Number of block groups that a file system of this many blocks has. */
    long groups(long count) {
        return (count - firstBlock + blocksPerGroup - 1) / blocksPerGroup;
    }

    /** Whether a group carries a copy of the superblock (sparse_super: groups 0, 1 and powers of 3, 5 and 7). */
    boolean hasCopy(long group) {
        return !has(ExtFeature.SPARSE_SUPER)
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
     * Refuses what neither engine can work on.
     *
     * @throws ImageException UNSUPPORTED naming the feature
     */
    void requireUsable(String subject) {
        for (ExtFeature feature : ExtFeature.of(this, ExtFeature.Service.REFUSED)) {
            throw unusable(subject, "it uses the feature " + feature.label(), feature.advice());
        }
        for (ExtFeature.Word word : ExtFeature.Word.values()) {
            int unknown = ExtFeature.unknown(this, word);
            if (unknown != 0) {
                throw unusable(
                        subject,
                        "it uses a feature that is not known (" + word.name().toLowerCase(Locale.ROOT) + " "
                                + Integer.toHexString(unknown) + ")",
                        "dumpe2fs -h names it. Make the file system with the features of e2fsprogs 1.47.");
            }
        }
        if (journalElsewhere) {
            throw unusable(
                    subject,
                    "its journal is on another device",
                    "On the machine that has both, unmount it, turn the journal off (tune2fs -O ^has_journal DEVICE),"
                            + " and make an internal one (tune2fs -j DEVICE).");
        }
        if (blocks > MAX_BLOCKS) {
            throw unusable(
                    subject,
                    "it has " + blocks + " blocks; up to " + MAX_BLOCKS + " are served (4 TiB in blocks of 4096 bytes)",
                    "Take a guest on a smaller file system.");
        }
    }

    /**
     * Refuses a file system that does not fit into what holds it, or whose size is not to be trusted.
     *
     * @param length bytes of the partition
     * @param repair whether e2fsck is to repair what it can, a superblock among it
     * @throws ImageException SOURCE naming both sizes
     */
    void requireFits(String subject, long length, boolean repair) {
        if (!checksumRight && repair) {
            return;
        }
        if (!checksumRight) {
            throw corrupt(subject, "the checksum of its superblock is wrong");
        }
        if (size() > length) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot use " + subject,
                    "its file system has " + size() + " bytes, but the partition only " + length,
                    "On a copy of the medium, make the partition larger (parted resizepart), if its data is there, or"
                            + " the file system smaller (resize2fs); e2fsck -f must find it sound then.");
        }
    }

    /**
     * Refuses what only the engine libguestfs can edit.
     *
     * @throws ImageException UNSUPPORTED naming the feature
     */
    void requireEditable(String subject) {
        for (ExtFeature feature : ExtFeature.of(this, ExtFeature.Service.OTHER_ENGINE)) {
            throw ImageException.of(
                    ImageException.Kind.UNSUPPORTED,
                    "The engine direct cannot work on " + subject,
                    "it uses the feature " + feature.label(),
                    Message.of(
                            "Set ",
                            SettingName.ENGINE.to("auto"),
                            " or ",
                            SettingName.ENGINE.to("libguestfs"),
                            ". ",
                            feature.advice()));
        }
    }

    /**
     * Refuses another UUID for a file system that promises to keep it (stable_inodes).
     *
     * @throws ImageException UNSUPPORTED
     */
    void requireUuidMayChange(String subject) {
        if (has(ExtFeature.STABLE_INODES)) {
            throw ImageException.of(
                    ImageException.Kind.UNSUPPORTED,
                    "Cannot set the UUID of " + subject,
                    "files in it are encrypted by the UUID that it has (its feature stable_inodes)",
                    "Leave the operation fs-uuids off.");
        }
    }

    private static ImageException unusable(String subject, String reason, String advice) {
        return ImageException.of(ImageException.Kind.UNSUPPORTED, "Cannot work on " + subject, reason, advice);
    }

    private static ImageException corrupt(String subject, String reason) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot use " + subject,
                reason,
                "Repair it with e2fsck -b on a copy of the medium, or take another medium.");
    }

    /** The kernel's crc32c does not invert its result. */
    private static int checksum(ByteBuffer raw) {
        CRC32C checksum = new CRC32C();
        checksum.update(raw.duplicate().position(0).limit(CHECKSUM));
        return (int) ~checksum.getValue();
    }

    private static long unsigned(ByteBuffer raw, int offset) {
        return raw.getInt(offset) & 0xffffffffL;
    }
}
