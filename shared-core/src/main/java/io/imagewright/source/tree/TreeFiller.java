package io.imagewright.source.tree;

import java.util.List;
import java.util.function.Predicate;

import io.imagewright.disk.Piece;

/**
 * Adds what is in a tar to a tree.
 *
 * @param wanted by path; the rest is passed by
 */
record TreeFiller(FileTree tree, Predicate<List<byte[]>> wanted) implements TarReader.Target {

    /** Of all that is in a tar. */
    TreeFiller(FileTree tree) {
        this(tree, path -> true);
    }

    @Override
    public void put(List<byte[]> path, TreeNode.Inode inode, long size, List<Piece> data) throws TreeFault {
        if (wanted.test(path)) {
            tree.put(path, inode, size, data);
        }
    }

    @Override
    public void link(List<byte[]> path, List<byte[]> existing) throws TreeFault {
        if (wanted.test(path)) {
            tree.link(path, existing);
        }
    }

    @Override
    public void leaveOut(String attribute) {
        tree.leaveOut(attribute);
    }
}
