package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The names in a directory: runs of those whose inodes are in one block and have numbers near each other. */
final class SquashfsListing {

    /** Names of a run. */
    private static final int LONGEST_RUN = 256;

    private static final int MOST_MARKS = 0xffff;

    private final SquashfsMetadata target;
    private final long reference;
    private final List<Entry> run = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private long markedBlock;
    private int length;

    private record Entry(ByteBuffer name, SquashfsNode node) {}

    /**
     * Where the first run begins that is in another block of the table, so that readers need not begin at the start.
     *
     * @param offset bytes from the start of the listing
     * @param block its start in the table
     * @param name the first of the run
     */
    record Mark(int offset, int block, ByteBuffer name) {}

    SquashfsListing(SquashfsMetadata target) {
        this.target = target;
        this.reference = target.reference();
        this.markedBlock = reference >>> 16;
    }

    /** The next in order of names, whose inode is written. */
    void add(byte[] name, SquashfsNode node) {
        if (!run.isEmpty() && !continues(node)) {
            endRun();
        }
        run.add(new Entry(ByteBuffer.wrap(name), node));
    }

    private boolean continues(SquashfsNode node) {
        SquashfsNode first = run.get(0).node();
        int difference = node.number() - first.number();
        return run.size() < LONGEST_RUN
                && first.reference() >>> 16 == node.reference() >>> 16
                && difference == (short) difference;
    }

    private void endRun() {
        SquashfsNode first = run.get(0).node();
        long block = target.reference() >>> 16;
        if (block != markedBlock && marks.size() < MOST_MARKS) {
            marks.add(new Mark(length, (int) block, run.get(0).name()));
            markedBlock = block;
        }
        append(SquashfsMetadata.buffer(12)
                .putInt(run.size() - 1)
                .putInt((int) (first.reference() >>> 16))
                .putInt(first.number()));
        for (Entry entry : run) {
            append(SquashfsMetadata.buffer(8 + entry.name().remaining())
                    .putShort((short) entry.node().reference())
                    .putShort((short) (entry.node().number() - first.number()))
                    .putShort((short) entry.node().type())
                    .putShort((short) (entry.name().remaining() - 1))
                    .put(entry.name().duplicate()));
        }
        run.clear();
    }

    private void append(ByteBuffer bytes) {
        target.append(bytes);
        length = Math.addExact(length, bytes.position());
    }

    void finish() {
        if (!run.isEmpty()) {
            endRun();
        }
    }

    /** Where it begins. */
    long reference() {
        return reference;
    }

    /** Bytes. */
    int length() {
        return length;
    }

    List<Mark> marks() {
        return marks;
    }
}
