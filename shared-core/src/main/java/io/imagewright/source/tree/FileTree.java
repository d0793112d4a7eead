package io.imagewright.source.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

import io.imagewright.disk.Piece;
import io.imagewright.disk.SparseFile;
import io.imagewright.disk.Spool;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.FileType;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.TreeMember;
import org.jspecify.annotations.Nullable;

/**
 * All files of a tree by their paths, with the places of their contents. Files can be added; contents that were read are never changed. Links are followed
 * inside the tree only: its root is above nothing. Not thread-safe.
 */
public final class FileTree implements AutoCloseable {

    /** What the memory of a build holds; a large operating system has half a million files. */
    static final Limits USUAL = new Limits(1_000_000, 128L << 20);

    /** Bytes; PATH_MAX of Linux allows no more, and so limits how many directories are inside each other. */
    private static final int LONGEST_PATH = 4095;

    /** Bytes of memory that an attribute takes besides its name and value. */
    private static final int ATTRIBUTE = 100;

    /** The same of a run of data between holes. */
    private static final int RUN = 64;

    /**
     * Before a tree is taken for hostile.
     *
     * @param files names, those that later ones replaced included
     * @param memory bytes of names, targets, attributes and maps of holes
     */
    record Limits(int files, long memory) {}

    private static final int MOST_LINKS = 40;
    private static final int MOST_LEFT_OUT = 10;
    private static final int LONGEST_NAME = 255;

    private final Path directory;
    private final Limits limits;
    private TreeNode root = TreeNode.directory(0, TreeNode.Inode.directory(0755));
    private long numbers;
    private int names;
    private long memory;
    private final SortedSet<String> leftOut = new TreeSet<>();
    private @Nullable Spool written;

    /** @param directory takes the contents of files that are added */
    FileTree(Path directory) {
        this(directory, USUAL);
    }

    FileTree(Path directory, Limits limits) {
        this.directory = directory;
        this.limits = limits;
    }

    /** Adds a file of any kind, in place of what has its name; a directory that is there keeps what it holds. */
    void put(List<byte[]> path, TreeNode.Inode inode, long size, List<Piece> data) throws TreeFault {
        count(inode);
        memory += (long) RUN * Math.max(0, data.size() - 1);
        if (path.isEmpty()) {
            if (inode.type() != FileType.DIRECTORY) {
                throw new TreeFault("its root is no directory");
            }
            root = root.with(inode);
            return;
        }
        TreeNode parent = parent(path);
        byte[] name = name(path);
        TreeNode existing = parent.children.get(name);
        if (existing != null && existing.isDirectory() && inode.type() == FileType.DIRECTORY) {
            parent.children.put(name, existing.with(inode));
            return;
        }
        remove(parent, name);
        TreeNode node = inode.type() == FileType.DIRECTORY
                ? TreeNode.directory(++numbers, inode)
                : TreeNode.file(++numbers, inode, size, data);
        parent.children.put(name, node);
    }

    /** Gives a file another name. */
    void link(List<byte[]> path, List<byte[]> existing) throws TreeFault {
        TreeNode node = existing.isEmpty() ? root : parent(existing).children.get(name(existing));
        if (node == null || node.isDirectory()) {
            throw new TreeFault("the hard link " + shown(path) + " is to " + shown(existing) + ", which is "
                    + (node == null ? "not in it" : "a directory"));
        }
        count(node.inode);
        TreeNode parent = parent(path);
        if (parent.children.get(name(path)) != node) {
            remove(parent, name(path));
            parent.children.put(name(path), node);
            node.links++;
        }
    }

    /** Removes what is at a path, which leads through no links; nothing when there is nothing. */
    void remove(List<byte[]> path) {
        TreeNode parent = directory(path.subList(0, path.size() - 1));
        if (parent != null) {
            remove(parent, name(path));
        }
    }

    /** Removes all that is in the directory at a path, which leads through no links. */
    void empty(List<byte[]> path) {
        TreeNode directory = directory(path);
        if (directory != null) {
            List.copyOf(directory.children.keySet()).forEach(name -> remove(directory, name));
        }
    }

    private @Nullable TreeNode directory(List<byte[]> path) {
        TreeNode node = root;
        for (byte[] name : path) {
            node = node == null ? null : node.children.get(name);
        }
        return node == null || !node.isDirectory() ? null : node;
    }

    private static void remove(TreeNode parent, byte[] name) {
        TreeNode old = parent.children.remove(name);
        Deque<TreeNode> gone = new ArrayDeque<>();
        if (old != null) {
            gone.push(old);
        }
        while (!gone.isEmpty()) {
            TreeNode node = gone.pop();
            node.links--;
            gone.addAll(node.children.values());
        }
    }

    /** An extended attribute that a file of it does not have here. */
    void leaveOut(String attribute) {
        if (leftOut.size() < MOST_LEFT_OUT) {
            leftOut.add(attribute);
        }
    }

    /** Names of extended attributes of the source that are none of Linux and were left out; some of them when there are many. */
    public SortedSet<String> leftOutAttributes() {
        return Collections.unmodifiableSortedSet(leftOut);
    }

    private void count(TreeNode.Inode inode) throws TreeFault {
        names++;
        memory += inode.target().size();
        for (Map.Entry<String, Bytes> attribute : inode.attributes().entrySet()) {
            memory += ATTRIBUTE
                    + attribute.getKey().length()
                    + attribute.getValue().size();
        }
        if (names > limits.files()) {
            throw new TreeFault("it has more than " + limits.files() + " files");
        }
        if (memory > limits.memory()) {
            throw new TreeFault(
                    "its names, links, attributes and holes take more than " + (limits.memory() >> 20) + " MiB");
        }
    }

    private static byte[] name(List<byte[]> path) {
        return path.get(path.size() - 1);
    }

    /** The directory that holds a path; made, as all above it, when the tree names only what is in it. */
    private TreeNode parent(List<byte[]> path) throws TreeFault {
        memory += name(path).length;
        Walk walk = new Walk(true);
        walk.enter(path.subList(0, path.size() - 1));
        walk.lengthWith(name(path));
        if (!walk.here().isDirectory()) {
            throw new TreeFault(shown(path) + " lies in what is no directory");
        }
        return walk.here();
    }

    /** The file that a path leads to, links followed; null when there is none. */
    private @Nullable TreeNode follow(List<byte[]> path) {
        try {
            Walk walk = new Walk(false);
            walk.enter(path);
            return walk.here();
        } catch (TreeFault none) {
            return null;
        }
    }

    /**
     * Where a walk is.
     *
     * @param length bytes of the path
     */
    private record Step(TreeNode node, int length) {}

    /** Goes down from the root; what links lead to is inside the tree. */
    private final class Walk {

        private final boolean makes;
        private final Deque<Step> steps = new ArrayDeque<>();
        private int links;

        Walk(boolean makes) {
            this.makes = makes;
            steps.push(new Step(root, 0));
        }

        TreeNode here() {
            return steps.element().node();
        }

        /** Bytes of the path to a name in here, wherever links led. */
        int lengthWith(byte[] name) throws TreeFault {
            int length = steps.element().length() + 1 + name.length;
            if (length > LONGEST_PATH) {
                throw new TreeFault("a path in it is longer than " + LONGEST_PATH + " bytes");
            }
            return length;
        }

        void enter(List<byte[]> names) throws TreeFault {
            for (byte[] name : names) {
                enter(name);
            }
        }

        private void enter(byte[] name) throws TreeFault {
            if (name.length == 2 && name[0] == '.' && name[1] == '.') {
                if (steps.size() > 1) {
                    steps.pop();
                }
                return;
            }
            TreeNode node = here().children.get(name);
            if (node == null && makes && here().isDirectory()) {
                count(TreeNode.Inode.directory(0755));
                memory += name.length;
                node = TreeNode.directory(++numbers, TreeNode.Inode.directory(0755));
                here().children.put(name, node);
            }
            if (node == null) {
                throw new TreeFault("there is no " + shown(List.of(name)));
            }
            if (!node.isSymlink()) {
                steps.push(new Step(node, lengthWith(name)));
                return;
            }
            links++;
            if (links > MOST_LINKS) {
                throw new TreeFault("too many links lead to " + shown(List.of(name)));
            }
            byte[] target = node.inode.target().toArray();
            if (target.length > 0 && target[0] == '/') {
                steps.clear();
                steps.push(new Step(root, 0));
            }
            for (byte[] part : split(target)) {
                enter(part);
            }
        }
    }

    /** The components of a name in an archive, which is relative to the root, whatever it begins with. */
    static List<byte[]> components(byte[] name) throws TreeFault {
        List<byte[]> parts = split(name);
        for (byte[] part : parts) {
            if (part.length == 2 && part[0] == '.' && part[1] == '.') {
                throw new TreeFault("the name " + shown(parts) + " has a `..'");
            }
        }
        return parts;
    }

    private static List<byte[]> split(byte[] path) throws TreeFault {
        List<byte[]> parts = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= path.length; at++) {
            if (at < path.length && path[at] == 0) {
                throw new TreeFault("a name in it holds a NUL");
            }
            if (at == path.length || path[at] == '/') {
                boolean isDot = at - start == 1 && path[start] == '.';
                if (at - start > LONGEST_NAME) {
                    throw new TreeFault(
                            "a name in it has " + (at - start) + " bytes; a file system takes " + LONGEST_NAME);
                }
                if (at > start && !isDot) {
                    parts.add(Arrays.copyOfRange(path, start, at));
                }
                start = at + 1;
            }
        }
        return parts;
    }

    /** For people. */
    static String shown(List<byte[]> path) {
        StringBuilder text = new StringBuilder();
        for (byte[] name : path) {
            text.append(text.length() == 0 ? "" : "/");
            for (byte b : name) {
                text.append(b >= ' ' && b < 0x7f ? String.valueOf((char) b) : String.format("\\x%02x", b & 0xff));
            }
        }
        return text.length() > 200 ? text.substring(0, 200) + "..." : text.toString();
    }

    /** Passes on every file, the root first, in path order. Contents that were added can be read from here on. */
    public void forEach(Consumer<TreeMember> members) {
        close();
        record Pending(GuestPath path, Iterator<Map.Entry<byte[], TreeNode>> children) {}
        members.accept(root.member(GuestPath.ROOT));
        Deque<Pending> open = new ArrayDeque<>();
        open.push(new Pending(GuestPath.ROOT, root.children.entrySet().iterator()));
        while (!open.isEmpty()) {
            Pending top = open.element();
            if (!top.children().hasNext()) {
                open.pop();
                continue;
            }
            Map.Entry<byte[], TreeNode> child = top.children().next();
            GuestPath path = top.path().child(child.getKey());
            members.accept(child.getValue().member(path));
            if (child.getValue().isDirectory()) {
                open.push(new Pending(path, child.getValue().children.entrySet().iterator()));
            }
        }
    }

    /** The file at a path, links followed inside the tree. */
    public Optional<TreeMember> find(String path) {
        return Optional.ofNullable(follow(components(path))).map(node -> node.member(GuestPath.of(path)));
    }

    /** Names in the directory at a path, links followed; none when it is no directory. */
    public List<String> names(String path) {
        TreeNode node = follow(components(path));
        return node == null
                ? List.of()
                : node.children.keySet().stream()
                        .map(name -> Bytes.of(name).display())
                        .toList();
    }

    /**
     * The content of the regular file at a path, links followed; empty when there is none.
     *
     * @throws ImageException SOURCE when it is longer than this
     */
    public Optional<byte[]> read(String path, int most) {
        return find(path).filter(member -> member.stat().isRegular()).map(member -> {
            if (member.stat().size() > most) {
                throw ImageException.of(
                        ImageException.Kind.SOURCE,
                        "Cannot read " + path + " of the tree",
                        "it has " + member.stat().size() + " bytes, more than " + most,
                        "Replace the file in the tree.");
            }
            close();
            return read(member);
        });
    }

    private static byte[] read(TreeMember member) {
        byte[] content = new byte[(int) member.stat().size()];
        for (Piece piece : member.data()) {
            try (SparseFile file = SparseFile.openRead(piece.file())) {
                file.read(piece.fileOffset(), ByteBuffer.wrap(content, (int) piece.offset(), (int) piece.length()));
            } catch (IOException failure) {
                throw FileFailure.unreadable(ImageException.Kind.ENVIRONMENT, piece.file(), failure);
            }
        }
        return content;
    }

    /** Writes a file of root's, in place of the one at the path; links in the directories above are followed. */
    public void write(String path, int permissions, byte[] content) {
        if (written == null) {
            written = Spool.create(directory.resolve("tree.added." + numbers));
        }
        Piece piece = new Piece(0, content.length, written.file(), written.append(content));
        add(path, FileType.REGULAR, permissions, content.length, content.length == 0 ? List.of() : List.of(piece));
    }

    /** Gives a further path the content, permissions and owner of a file that is there. */
    public void copy(TreeMember file, String path) {
        add(path, FileType.REGULAR, file.stat().permissions(), file.stat().size(), file.data());
    }

    /** Makes a directory of root's unless there is one. */
    public void makeDirectory(String path, int permissions) {
        TreeNode node = follow(components(path));
        if (node == null) {
            add(path, FileType.DIRECTORY, permissions, 0, List.of());
        } else if (!node.isDirectory()) {
            throw cannotWrite(path, new TreeFault("it is no directory"));
        }
    }

    private void add(String path, FileType type, int permissions, long size, List<Piece> data) {
        TreeNode.Inode inode =
                new TreeNode.Inode(type, permissions, 0, 0, root.inode.modified(), 0, 0, 0, Bytes.EMPTY, Map.of());
        try {
            put(split(path.getBytes(StandardCharsets.UTF_8)), inode, size, data);
        } catch (TreeFault fault) {
            throw cannotWrite(path, fault);
        }
    }

    private static ImageException cannotWrite(String path, TreeFault fault) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot add " + path + " to the tree",
                String.valueOf(fault.getMessage()),
                "Change the tree.",
                fault);
    }

    private static List<byte[]> components(String path) {
        try {
            return split(path.getBytes(StandardCharsets.UTF_8));
        } catch (TreeFault bad) {
            throw new IllegalArgumentException(path, bad);
        }
    }

    /** Ends the file with what was added so far. */
    @Override
    public void close() {
        if (written != null) {
            written.close();
            written = null;
        }
    }
}
