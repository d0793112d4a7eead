package io.imagewright.format;

import java.nio.ByteBuffer;

/** A file of any kind, as a squashfs keeps it: an inode. Source: Linux, {@code fs/squashfs/squashfs_fs.h}. */
abstract sealed class SquashfsNode permits SquashfsDirectory, SquashfsFile, SquashfsSpecial, SquashfsSymlink {

    /** In place of the index of something that is not there. */
    static final int NONE = -1;

    /** From the number of a kind to that of its form with more fields. */
    private static final int EXTENDED = 7;

    private static final long LATEST = 0xffff_ffffL;

    private final Attributes attributes;
    private int links = 1;
    private int number;
    private long reference = NONE;

    /**
     * What all kinds have.
     *
     * @param mode permission bits
     * @param user index of the owner among the ids
     * @param group index of the group among the ids
     * @param modified seconds since the epoch
     * @param extended index of its set of extended attributes, or {@link #NONE}
     */
    record Attributes(int mode, int user, int group, long modified, int extended) {}

    SquashfsNode(Attributes attributes) {
        this.attributes = attributes;
    }

    /** Number of its kind, as directories have it. */
    abstract int type();

    /** Adds it to the table. */
    abstract void write(SquashfsMetadata inodes);

    Attributes attributes() {
        return attributes;
    }

    /** Number of its names; of directories, those in it and below count. */
    int links() {
        return links;
    }

    void addLink() {
        links++;
    }

    /** From 1; 0 when it has none yet. */
    int number() {
        return number;
    }

    void setNumber(int number) {
        this.number = number;
    }

    /** Where its inode is, or {@link #NONE} when it is not written yet. */
    long reference() {
        return reference;
    }

    void setReference(long reference) {
        this.reference = reference;
    }

    boolean hasExtendedAttributes() {
        return attributes.extended() != NONE;
    }

    /** A buffer that begins with what all inodes begin with. */
    ByteBuffer start(int room, boolean extended) {
        return SquashfsMetadata.buffer(16 + room)
                .putShort((short) (extended ? type() + EXTENDED : type()))
                .putShort((short) attributes.mode())
                .putShort((short) attributes.user())
                .putShort((short) attributes.group())
                .putInt((int) Math.max(0, Math.min(attributes.modified(), LATEST)))
                .putInt(number);
    }
}
