package io.imagewright.format;

/**
 * Writes inodes and names of a tree. All that is in a directory gets numbers and places one behind the other, and what is in its directories comes before,
 * as their inodes say where their names are.
 */
final class SquashfsInodes {

    private final SquashfsMetadata inodes;
    private final SquashfsMetadata listings;
    private int count;
    private long[] references = new long[0];

    SquashfsInodes(SquashfsMetadata inodes, SquashfsMetadata listings) {
        this.inodes = inodes;
        this.listings = listings;
    }

    /** Where the inodes are, by number less one; the last is that of the root. */
    long[] writeTree(SquashfsDirectory root) {
        number(root);
        root.setNumber(++count);
        root.setParent(count + 1);
        references = new long[count];
        writeAllIn(root);
        writeInode(root);
        return references.clone();
    }

    private void number(SquashfsDirectory directory) {
        for (SquashfsNode child : directory.children().values()) {
            if (child instanceof SquashfsDirectory below) {
                number(below);
            }
        }
        for (SquashfsNode child : directory.children().values()) {
            if (child.number() == 0) {
                child.setNumber(++count);
            }
        }
    }

    private void writeAllIn(SquashfsDirectory directory) {
        for (SquashfsNode child : directory.children().values()) {
            if (child instanceof SquashfsDirectory below) {
                below.setParent(directory.number());
                writeAllIn(below);
            }
        }
        for (SquashfsNode child : directory.children().values()) {
            if (child.reference() == SquashfsNode.NONE) {
                writeInode(child);
            }
        }
        directory.list(listings);
    }

    private void writeInode(SquashfsNode node) {
        node.setReference(inodes.reference());
        references[node.number() - 1] = node.reference();
        node.write(inodes);
    }
}
