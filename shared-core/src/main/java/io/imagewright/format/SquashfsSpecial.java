package io.imagewright.format;

import java.nio.ByteBuffer;

/** A device or a FIFO. */
final class SquashfsSpecial extends SquashfsNode {

    private final Kind kind;
    private final int major;
    private final int minor;

    /** The numbers of the kinds are those of the format. */
    enum Kind {
        BLOCK_DEVICE(4),
        CHARACTER_DEVICE(5),
        FIFO(6);

        private final int type;

        Kind(int type) {
            this.type = type;
        }
    }

    /** @param major of a device, as {@code minor} */
    SquashfsSpecial(Attributes attributes, Kind kind, int major, int minor) {
        super(attributes);
        this.kind = kind;
        this.major = major;
        this.minor = minor;
    }

    @Override
    int type() {
        return kind.type;
    }

    @Override
    void write(SquashfsMetadata inodes) {
        ByteBuffer inode = start(12, hasExtendedAttributes()).putInt(links());
        if (kind != Kind.FIFO) {
            // as Linux encodes it, new_encode_dev() of linux/kdev_t.h
            inode.putInt((minor & 0xff) | (major << 8) | ((minor & ~0xff) << 12));
        }
        if (hasExtendedAttributes()) {
            inode.putInt(attributes().extended());
        }
        inodes.append(inode);
    }
}
