package io.imagewright.contents;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;

/**
 * Adds a walk's files up, directory by directory. What is kept is small however large the tree is: directories in the root, and below them those that hold
 * a thousandth of all bytes, down to a depth; the rest counts where it lies.
 */
final class TreeSizes {

    /** Depth of directories that are reported. */
    private static final int MAX_DEPTH = 6;

    /** Directories that are reported. */
    static final int MAX_NODES = 2000;

    /** Directories in the root that are reported, however small; the largest of more. */
    private static final int MAX_TOP = 500;

    /** Of all bytes, that a directory must hold. */
    private static final int LEAST_SHARE = 1000;

    /** @param fileSystem where it is mounted: numbers are unique in one only */
    private record Inode(GuestPath fileSystem, long number) {}

    /** A directory while it is added up. */
    private static final class Node {

        private static final Comparator<Node> LARGEST =
                Comparator.comparingLong((Node node) -> -node.bytes).thenComparing(node -> node.name);

        private final String name;
        private final int depth;
        private final List<Node> children = new ArrayList<>();
        private long bytes;
        private long files;

        Node(String name, int depth) {
            this.name = name;
            this.depth = depth;
        }

        /** Everything below counts, too. */
        void end(Node child) {
            bytes = sum(bytes, child.bytes);
            files += child.files;
        }

        /** What is left of it when directories below the top must have more bytes than these. */
        DirectorySize cut(long least) {
            List<DirectorySize> kept = children.stream()
                    .filter(child -> child.depth == 1 || child.bytes > least)
                    .sorted(LARGEST)
                    .limit(depth == 0 ? MAX_TOP : MAX_NODES)
                    .map(child -> child.cut(least))
                    .toList();
            return new DirectorySize(name, bytes, files, kept);
        }
    }

    private TreeSizes() {}

    /**
     * Adds up.
     *
     * @param entries in path order, so that what a directory holds comes right behind it
     * @param mountPoints of the guest's file systems
     */
    static DirectorySize of(List<Entry> entries, List<GuestPath> mountPoints) {
        Node root = new Node("", 0);
        Deque<Node> open = new ArrayDeque<>(List.of(root));
        Set<Inode> counted = new HashSet<>();
        for (Entry entry : entries) {
            int parent = Math.min(entry.path().depth() - 1, MAX_DEPTH);
            while (open.getLast().depth > parent) {
                close(open);
            }
            FileStat stat = entry.stat();
            if (!stat.isDirectory()) {
                open.getLast().files++;
                boolean first =
                        stat.links() < 2 || counted.add(new Inode(entry.path().deepestOf(mountPoints), stat.inode()));
                if (stat.isRegular() && first) {
                    open.getLast().bytes = sum(open.getLast().bytes, Math.max(0, stat.size()));
                }
            } else if (parent < MAX_DEPTH) {
                Node node = new Node(entry.path().name(), parent + 1);
                open.getLast().children.add(node);
                open.addLast(node);
            }
        }
        while (open.size() > 1) {
            close(open);
        }
        return cut(root);
    }

    private static void close(Deque<Node> open) {
        Node done = open.removeLast();
        open.getLast().end(done);
    }

    private static DirectorySize cut(Node root) {
        long least = root.bytes / LEAST_SHARE;
        DirectorySize tree = root.cut(least);
        while (nodes(tree) > MAX_NODES) {
            least = Math.max(1, sum(least, least));
            tree = root.cut(least);
        }
        return tree;
    }

    private static int nodes(DirectorySize tree) {
        return 1 + tree.children().stream().mapToInt(TreeSizes::nodes).sum();
    }

    /** Sparse files may claim more bytes than there are numbers. */
    private static long sum(long one, long two) {
        long sum = one + two;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
