package io.imagewright.source.tree;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.disk.Piece;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.FileType;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.TreeMember;

/** A file of a tree, whatever its names. The names of a directory are ordered as unsigned bytes. */
final class TreeNode {

    /**
     * What a file is, but for its content and its names.
     *
     * @param permissions the low twelve bits of the mode
     * @param modified seconds since the epoch
     * @param attributes extended ones, by full name, in the kernel's form
     */
    record Inode(
            FileType type,
            int permissions,
            int owner,
            int group,
            long modified,
            int nanoseconds,
            int major,
            int minor,
            Bytes target,
            Map<String, Bytes> attributes) {

        static Inode directory(int permissions) {
            return new Inode(FileType.DIRECTORY, permissions, 0, 0, 0, 0, 0, 0, Bytes.EMPTY, Map.of());
        }
    }

    /** Number that no other file of the tree has. */
    final long number;

    final Inode inode;
    final long size;
    final List<Piece> data;
    final SortedMap<byte[], TreeNode> children;
    int links = 1;

    private TreeNode(long number, Inode inode, long size, List<Piece> data, SortedMap<byte[], TreeNode> children) {
        this.number = number;
        this.inode = inode;
        this.size = size;
        this.data = data;
        this.children = children;
    }

    static TreeNode file(long number, Inode inode, long size, List<Piece> data) {
        return new TreeNode(number, inode, size, data, Collections.emptySortedMap());
    }

    static TreeNode directory(long number, Inode inode) {
        return new TreeNode(number, inode, 0, List.of(), new TreeMap<>(Arrays::compareUnsigned));
    }

    /** This directory with other metadata. */
    TreeNode with(Inode other) {
        return new TreeNode(number, other, size, data, children);
    }

    boolean isDirectory() {
        return inode.type() == FileType.DIRECTORY;
    }

    boolean isSymlink() {
        return inode.type() == FileType.SYMLINK;
    }

    TreeMember member(GuestPath path) {
        FileStat stat = new FileStat(
                inode.type(),
                inode.permissions(),
                inode.owner(),
                inode.group(),
                isSymlink() ? inode.target().size() : size,
                inode.modified(),
                number,
                links,
                inode.nanoseconds());
        return new TreeMember(path, stat, 0, inode.major(), inode.minor(), inode.target(), inode.attributes(), data);
    }
}
