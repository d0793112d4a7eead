package io.imagewright.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes what comes behind the contents of the files, and the superblock in front of all. Source: Linux, {@code fs/squashfs/squashfs_fs.h}. */
final class SquashfsTables {

    /** Bytes in front of the contents: the superblock and what a reader may know of the compression. */
    static final int FRONT = 96 + 2 + 4;

    private static final int MAGIC = 0x7371_7368;
    private static final int UNIT = 4096;

    private static final int NO_FRAGMENTS = 0x10;
    private static final int ALWAYS_FRAGMENTS = 0x20;
    private static final int EXPORTABLE = 0x80;
    private static final int NO_ATTRIBUTES = 0x200;
    private static final int COMPRESSOR_OPTIONS = 0x400;

    private static final long NOT_THERE = -1;

    private final OutputFile file;
    private final SquashfsCompressor compressor;

    /** Where the next table is written. */
    private long end;

    /** @param start where the first table is written */
    SquashfsTables(OutputFile file, SquashfsCompressor compressor, long start) {
        this.file = file;
        this.compressor = compressor;
        this.end = start;
    }

    /** Writes all. Gives the length of the file, whole units. */
    long write(
            SquashfsTree tree,
            SquashfsAttributes attributes,
            List<SquashfsContent.Fragments> fragments,
            SquashfsOptions options,
            long timestamp) {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        SquashfsMetadata inodes = new SquashfsMetadata(compressor, this::write);
        SquashfsMetadata listings = new SquashfsMetadata(compressor, SquashfsMetadata.into(names));
        long inodeTable = end;
        long[] references = new SquashfsInodes(inodes, listings).writeTree(tree.root());
        inodes.finish();
        listings.finish();
        long directoryTable = end;
        write(ByteBuffer.wrap(names.toByteArray()));
        long fragmentTable = fragments.isEmpty() ? NOT_THERE : fragments(fragments);
        long exportTable = exports(references);
        long idTable = ids(tree.ids());
        boolean attributed = !attributes.sets().isEmpty();
        long attributeTable = attributed ? attributes(attributes) : NOT_THERE;
        boolean zstd = options.compression() == SquashfsOptions.Compression.ZSTD;
        int flags = EXPORTABLE
                | (fragments.isEmpty() ? NO_FRAGMENTS : ALWAYS_FRAGMENTS)
                | (attributed ? 0 : NO_ATTRIBUTES)
                | (zstd ? COMPRESSOR_OPTIONS : 0);
        ByteBuffer front = SquashfsMetadata.buffer(FRONT)
                .putInt(MAGIC)
                .putInt(references.length)
                .putInt((int) timestamp)
                .putInt(SquashfsContent.BLOCK)
                .putInt(fragments.size())
                .putShort((short) (zstd ? 6 : 4))
                .putShort((short) Integer.numberOfTrailingZeros(SquashfsContent.BLOCK))
                .putShort((short) flags)
                .putShort((short) tree.ids().size())
                .putShort((short) 4)
                .putShort((short) 0)
                .putLong(references[references.length - 1])
                .putLong(end)
                .putLong(idTable)
                .putLong(attributeTable)
                .putLong(inodeTable)
                .putLong(directoryTable)
                .putLong(fragmentTable)
                .putLong(exportTable);
        if (zstd) {
            SquashfsBlock level = new SquashfsBlock(
                    SquashfsMetadata.buffer(4).putInt(options.level()).flip(), true);
            front.putShort(level.metadataSize()).put(level.buffer());
        }
        file.write(0, front.rewind());
        return (end + UNIT - 1) / UNIT * UNIT;
    }

    private void write(ByteBuffer bytes) {
        file.write(end, bytes);
        end += bytes.remaining();
    }

    private long fragments(List<SquashfsContent.Fragments> fragments) {
        Indexed table = new Indexed();
        for (SquashfsContent.Fragments block : fragments) {
            table.append(SquashfsMetadata.buffer(16)
                    .putLong(block.position())
                    .putInt(block.size())
                    .putInt(0));
        }
        return table.finish(SquashfsMetadata.buffer(0));
    }

    private long exports(long[] references) {
        Indexed table = new Indexed();
        for (long reference : references) {
            table.append(SquashfsMetadata.buffer(8).putLong(reference));
        }
        return table.finish(SquashfsMetadata.buffer(0));
    }

    private long ids(List<Long> ids) {
        Indexed table = new Indexed();
        ids.forEach(id -> table.append(SquashfsMetadata.buffer(4).putInt(id.intValue())));
        return table.finish(SquashfsMetadata.buffer(0));
    }

    private long attributes(SquashfsAttributes attributes) {
        long pairs = end;
        write(ByteBuffer.wrap(attributes.pairs()));
        Indexed table = new Indexed();
        for (SquashfsAttributes.Set set : attributes.sets()) {
            table.append(SquashfsMetadata.buffer(16)
                    .putLong(set.reference())
                    .putInt(set.count())
                    .putInt(set.length()));
        }
        return table.finish(SquashfsMetadata.buffer(16)
                .putLong(pairs)
                .putInt(attributes.sets().size())
                .putInt(0));
    }

    /** A table of entries none of which goes over the end of a block, and behind it where its blocks are. */
    private final class Indexed {

        private final List<Long> blocks = new ArrayList<>();
        private final SquashfsMetadata table = new SquashfsMetadata(compressor, block -> {
            blocks.add(end);
            write(block);
        });

        void append(ByteBuffer entry) {
            table.append(entry);
        }

        /** Gives where the index is, with what is in front of it. */
        long finish(ByteBuffer front) {
            table.finish();
            ByteBuffer index = SquashfsMetadata.buffer(front.position() + Long.BYTES * blocks.size())
                    .put(front.flip());
            blocks.forEach(index::putLong);
            long start = end;
            write(index.flip());
            return start;
        }
    }
}
