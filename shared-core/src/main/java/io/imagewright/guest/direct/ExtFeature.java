package io.imagewright.guest.direct;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The features of ext2, ext3 and ext4 that e2fsprogs 1.47 knows, by the names of {@code lib/e2p/feature.c}, and how each is served.
 * Masks are those of {@code lib/ext2fs/ext2_fs.h}.
 */
enum ExtFeature {
    DIR_PREALLOC(Word.COMPAT, 0x1),
    IMAGIC_INODES(Word.COMPAT, 0x2),
    HAS_JOURNAL(Word.COMPAT, 0x4),
    EXT_ATTR(Word.COMPAT, 0x8),
    RESIZE_INODE(Word.COMPAT, 0x10),
    DIR_INDEX(Word.COMPAT, 0x20),
    LAZY_BG(Word.COMPAT, 0x40, Service.REFUSED),
    SNAPSHOT_BITMAP(Word.COMPAT, 0x100, Service.REFUSED),
    SPARSE_SUPER2(Word.COMPAT, 0x200),
    FAST_COMMIT(Word.COMPAT, 0x400),
    STABLE_INODES(Word.COMPAT, 0x800, Service.KEEPS_SIZE),
    ORPHAN_FILE(Word.COMPAT, 0x1000, Service.SET_ASIDE),

    SPARSE_SUPER(Word.READ_ONLY_COMPAT, 0x1),
    LARGE_FILE(Word.READ_ONLY_COMPAT, 0x2),
    HUGE_FILE(Word.READ_ONLY_COMPAT, 0x8),
    UNINIT_BG(Word.READ_ONLY_COMPAT, 0x10),
    DIR_NLINK(Word.READ_ONLY_COMPAT, 0x20),
    EXTRA_ISIZE(Word.READ_ONLY_COMPAT, 0x40),
    QUOTA(Word.READ_ONLY_COMPAT, 0x100),
    BIGALLOC(Word.READ_ONLY_COMPAT, 0x200, Service.OTHER_ENGINE),
    METADATA_CSUM(Word.READ_ONLY_COMPAT, 0x400),
    REPLICA(Word.READ_ONLY_COMPAT, 0x800, Service.REFUSED),
    READ_ONLY(
            "read-only",
            Word.READ_ONLY_COMPAT,
            0x1000,
            Service.REFUSED,
            "On a copy of the medium, tune2fs -O ^read-only makes it writable."),
    PROJECT(Word.READ_ONLY_COMPAT, 0x2000),
    SHARED_BLOCKS(
            "shared_blocks",
            Word.READ_ONLY_COMPAT,
            0x4000,
            Service.REFUSED,
            "On a copy of the medium, e2fsck -f -E unshare_blocks gives each file blocks of its own, and debugfs -w -R"
                    + " 'feature -shared_blocks' turns the feature off."),
    VERITY(Word.READ_ONLY_COMPAT, 0x8000),
    ORPHAN_PRESENT(Word.READ_ONLY_COMPAT, 0x10000),

    COMPRESSION(Word.INCOMPAT, 0x1, Service.REFUSED),
    FILETYPE(Word.INCOMPAT, 0x2),
    NEEDS_RECOVERY(Word.INCOMPAT, 0x4),
    JOURNAL_DEV(
            "journal_dev",
            Word.INCOMPAT,
            0x8,
            Service.REFUSED,
            "It is the journal of another file system: name the disk that holds that one."),
    META_BG(Word.INCOMPAT, 0x10),
    EXTENT(Word.INCOMPAT, 0x40),
    WIDE("64bit", Word.INCOMPAT, 0x80, Service.SERVED, ""),
    MMP(Word.INCOMPAT, 0x100, Service.SET_ASIDE),
    FLEX_BG(Word.INCOMPAT, 0x200),
    EA_INODE(Word.INCOMPAT, 0x400, Service.OTHER_ENGINE),
    DIRDATA(Word.INCOMPAT, 0x1000, Service.REFUSED),
    METADATA_CSUM_SEED(Word.INCOMPAT, 0x2000),
    LARGE_DIR(Word.INCOMPAT, 0x4000),
    INLINE_DATA(Word.INCOMPAT, 0x8000),
    ENCRYPT(Word.INCOMPAT, 0x10000),
    CASEFOLD(Word.INCOMPAT, 0x20000);

    /** The three words of a superblock that features are bits of. */
    enum Word {
        COMPAT,
        INCOMPAT,
        READ_ONLY_COMPAT
    }

    /** How a file system with a feature is served. */
    enum Service {
        /** As any other. */
        SERVED,
        /** Turned off in the working copy for the time of the work, and on again at its end. */
        SET_ASIDE,
        /** Edited, but not made smaller. */
        KEEPS_SIZE,
        /** Edited by the engine libguestfs only, and not made smaller. */
        OTHER_ENGINE,
        /** Not at all. */
        REFUSED
    }

    private static final String MAKE_ANOTHER =
            "tune2fs cannot turn it off; to be rid of it, make another file system in the guest, without it, and copy"
                    + " the files.";

    private final String label;
    private final Word word;
    private final int mask;
    private final Service service;
    private final String advice;

    ExtFeature(Word word, int mask) {
        this(word, mask, Service.SERVED);
    }

    ExtFeature(Word word, int mask, Service service) {
        this.label = name().toLowerCase(Locale.ROOT);
        this.word = word;
        this.mask = mask;
        this.service = service;
        this.advice = MAKE_ANOTHER;
    }

    ExtFeature(String label, Word word, int mask, Service service, String advice) {
        this.label = label;
        this.word = word;
        this.mask = mask;
        this.service = service;
        this.advice = advice;
    }

    /** The word of tune2fs(8) for it. */
    String label() {
        return label;
    }

    Service service() {
        return service;
    }

    /** What to do about a feature that is not served. */
    String advice() {
        return advice;
    }

    boolean isIn(Superblock superblock) {
        return (superblock.word(word) & mask) != 0;
    }

    /** Those of a file system that are served so, in the order of this table. */
    static List<ExtFeature> of(Superblock superblock, Service service) {
        return Arrays.stream(values())
                .filter(feature -> feature.service == service && feature.isIn(superblock))
                .toList();
    }

    /** Bits of a word that no feature of this table has. */
    static int unknown(Superblock superblock, Word word) {
        int known = 0;
        for (ExtFeature feature : values()) {
            known |= feature.word == word ? feature.mask : 0;
        }
        return superblock.word(word) & ~known;
    }
}
