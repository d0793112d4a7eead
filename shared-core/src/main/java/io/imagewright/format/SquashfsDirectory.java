package io.imagewright.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** A directory. */
final class SquashfsDirectory extends SquashfsNode {

    /** What {@code .} and {@code ..} would be. */
    private static final int MORE = 3;

    private static final int BASIC = 0xffff;

    /** Names as bytes, one in each character, so that they are in the order that Linux wants. */
    private final SortedMap<String, SquashfsNode> children = new TreeMap<>();

    private int parent;
    private @Nullable SquashfsListing listing;

    SquashfsDirectory(Attributes attributes) {
        super(attributes);
        addLink();
    }

    @Override
    int type() {
        return 1;
    }

    SortedMap<String, SquashfsNode> children() {
        return children;
    }

    /** Whether there was no such name yet. */
    boolean add(String name, SquashfsNode child) {
        if (child instanceof SquashfsDirectory) {
            addLink();
        }
        return children.put(name, child) == null;
    }

    /** The number of the one that holds it. */
    void setParent(int parent) {
        this.parent = parent;
    }

    /** Writes the names, when all that it holds is written. */
    void list(SquashfsMetadata listings) {
        SquashfsListing names = new SquashfsListing(listings);
        children.forEach((name, child) -> names.add(name.getBytes(StandardCharsets.ISO_8859_1), child));
        names.finish();
        listing = names;
    }

    @Override
    void write(SquashfsMetadata inodes) {
        if (listing == null) {
            throw new IllegalStateException("a directory that is not listed");
        }
        int block = (int) (listing.reference() >>> 16);
        short offset = (short) listing.reference();
        int size = listing.length() + MORE;
        if (!hasExtendedAttributes() && size <= BASIC) {
            inodes.append(start(16, false)
                    .putInt(block)
                    .putInt(links())
                    .putShort((short) size)
                    .putShort(offset)
                    .putInt(parent));
            return;
        }
        ByteBuffer inode =
                start(24, true).putInt(links()).putInt(size).putInt(block).putInt(parent);
        inode.putShort((short) listing.marks().size())
                .putShort(offset)
                .putInt(attributes().extended());
        inodes.append(inode);
        for (SquashfsListing.Mark mark : listing.marks()) {
            ByteBuffer name = mark.name();
            inodes.append(SquashfsMetadata.buffer(12 + name.remaining())
                    .putInt(mark.offset())
                    .putInt(mark.block())
                    .putInt(name.remaining() - 1)
                    .put(name.duplicate()));
        }
    }
}
