package io.imagewright.format;

import java.nio.ByteBuffer;

/** A symbolic link. */
final class SquashfsSymlink extends SquashfsNode {

    private final byte[] target;

    SquashfsSymlink(Attributes attributes, byte[] target) {
        super(attributes);
        this.target = target;
    }

    @Override
    int type() {
        return 3;
    }

    @Override
    void write(SquashfsMetadata inodes) {
        ByteBuffer inode = start(12 + target.length, hasExtendedAttributes())
                .putInt(links())
                .putInt(target.length)
                .put(target);
        if (hasExtendedAttributes()) {
            inode.putInt(attributes().extended());
        }
        inodes.append(inode);
    }
}
