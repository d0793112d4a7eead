package io.imagewright.guest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.imagewright.error.ImageException;

/** A guest in memory, for tests: every change happens at once, as on a disk. */
public final class MemoryGuest implements Guest {

    private static final class Node {
        final FileType type;
        final long inode;
        Bytes content;
        int permissions;
        int owner;
        int group;
        long modified;
        int links = 1;
        NavigableMap<String, Bytes> xattrs = new TreeMap<>();

        Node(FileType type, long inode, Bytes content, int permissions, int owner, int group) {
            this.type = type;
            this.inode = inode;
            this.content = content;
            this.permissions = permissions;
            this.owner = owner;
            this.group = group;
        }

        FileStat stat() {
            return new FileStat(type, permissions, owner, group, content.size(), modified, inode, links);
        }
    }

    private final NavigableMap<GuestPath, Node> nodes = new TreeMap<>();
    private final Set<GuestPath> mountPoints;
    private long lastInode = 1;

    private final PathResolver resolver = new PathResolver(new PathResolver.Nodes() {
        @Override
        public Optional<FileStat> node(GuestPath canonical) {
            return Optional.ofNullable(nodes.get(canonical)).map(Node::stat);
        }

        @Override
        public Bytes target(GuestPath canonical) {
            return nodes.get(canonical).content;
        }
    });

    private MemoryGuest(Set<GuestPath> mountPoints) {
        this.mountPoints = mountPoints;
        nodes.put(GuestPath.ROOT, new Node(FileType.DIRECTORY, lastInode++, Bytes.EMPTY, 0755, 0, 0));
    }

    /** A guest of one file system with these files. */
    public static MemoryGuest of(Consumer<TreeBuilder> content) {
        return of(Set.of(), content);
    }

    /** A guest with other file systems mounted on these directories, which the content must hold. */
    public static MemoryGuest of(Set<GuestPath> mountPoints, Consumer<TreeBuilder> content) {
        MemoryGuest guest = new MemoryGuest(mountPoints);
        TreeBuilder builder = new TreeBuilder();
        content.accept(builder);
        builder.items().forEach(guest::make);
        return guest;
    }

    private void make(TreeBuilder.Item item) {
        if (item.kind() == TreeBuilder.Kind.HARD_LINK) {
            Node node = nodes.get(item.existing());
            node.links++;
            nodes.put(item.path(), node);
            return;
        }
        FileType type = switch (item.kind()) {
            case DIRECTORY -> FileType.DIRECTORY;
            case SYMLINK -> FileType.SYMLINK;
            default -> FileType.REGULAR;
        };
        Node node = add(item.path(), type, item.content(), item.permissions(), item.owner(), item.group());
        node.modified = item.modified();
        node.xattrs = new TreeMap<>(item.xattrs());
    }

    private Node add(GuestPath path, FileType type, Bytes content, int permissions, int owner, int group) {
        Node node = new Node(type, lastInode++, content, permissions, owner, group);
        nodes.put(path, node);
        return node;
    }

    /** Puts a file of a kind that changes cannot make, for example a socket; its directory must be there. */
    public void special(String path, FileType type) {
        add(GuestPath.of(path), type, Bytes.EMPTY, 0644, 0, 0);
    }

    /** Content of a regular file as text, one character a byte; for assertions. */
    public String text(String path) {
        GuestPath file = GuestPath.of(path);
        Bytes bytes = read(List.of(file), Integer.MAX_VALUE).get(file);
        if (bytes == null) {
            throw new AssertionError("no regular file " + path);
        }
        return bytes.text();
    }

    /** Whether something is at this path, a link at its end not followed; for assertions. */
    public boolean exists(String path) {
        return stat(GuestPath.of(path)).isPresent();
    }

    /** Everything that is there, one line a file: path, type, mode, owner, content; for assertions about whole trees. */
    public NavigableMap<String, String> snapshot() {
        NavigableMap<String, String> lines = new TreeMap<>();
        nodes.forEach((path, n) -> lines.put(
                path.toString(),
                n.type + " " + Integer.toOctalString(n.permissions) + " " + n.owner + ":" + n.group + " " + n.modified
                        + " " + n.links + " " + n.content.size() + " " + n.content.hashCode() + " "
                        + n.xattrs.hashCode()));
        return lines;
    }

    @Override
    public void forEachMember(Path spool, Consumer<TreeMember> members) {
        TreeMembers.forEachMember(this, spool, members);
    }

    @Override
    public Optional<FileStat> stat(GuestPath path) {
        return find(path, false).map(Node::stat);
    }

    @Override
    public Optional<GuestPath> resolve(GuestPath path) {
        return resolver.resolve(path, true);
    }

    @Override
    public List<Entry> list(GuestPath directory) {
        int depth = resolve(directory).map(GuestPath::depth).orElse(0);
        return walk(directory).stream()
                .filter(e -> e.path().depth() == depth + 1)
                .toList();
    }

    @Override
    public List<Entry> walk(GuestPath directory) {
        List<Entry> entries = new ArrayList<>();
        resolve(directory)
                .ifPresent(top -> below(top).forEach((path, node) -> entries.add(new Entry(path, node.stat()))));
        return entries;
    }

    private Map<GuestPath, Node> below(GuestPath top) {
        Map<GuestPath, Node> found = new LinkedHashMap<>();
        for (Map.Entry<GuestPath, Node> entry : nodes.tailMap(top, false).entrySet()) {
            if (!entry.getKey().startsWith(top)) {
                break;
            }
            found.put(entry.getKey(), entry.getValue());
        }
        return found;
    }

    @Override
    public Map<GuestPath, Bytes> read(Collection<GuestPath> files, int limit) {
        Map<GuestPath, Bytes> contents = new LinkedHashMap<>();
        for (GuestPath file : files) {
            Optional<Node> node = find(file, true).filter(n -> n.type == FileType.REGULAR);
            if (node.isPresent()) {
                if (node.get().content.size() > limit) {
                    throw refused("read " + file);
                }
                contents.put(file, node.get().content);
            }
        }
        return contents;
    }

    @Override
    public Optional<FileContent> open(GuestPath file) {
        return find(file, true).filter(n -> n.type == FileType.REGULAR).map(n -> FileContent.of(n.content));
    }

    @Override
    public Optional<Bytes> readLink(GuestPath path) {
        return find(path, false).filter(n -> n.type == FileType.SYMLINK).map(n -> n.content);
    }

    @Override
    public Map<String, Bytes> xattrs(GuestPath path) {
        return find(path, false)
                .<Map<String, Bytes>>map(n -> new TreeMap<>(n.xattrs))
                .orElse(Map.of());
    }

    private Optional<Node> find(GuestPath path, boolean follow) {
        return resolver.resolve(path, follow).map(nodes::get);
    }

    @Override
    public void apply(List<Change> changes) {
        changes.forEach(this::apply);
    }

    private void apply(Change change) {
        if (change instanceof Change.Delete c) {
            delete(c.path(), false);
        } else if (change instanceof Change.DeleteTree c) {
            delete(c.path(), true);
        } else if (change instanceof Change.Scrub c) {
            regular(c.path()).ifPresent(n -> n.content = Bytes.of(new byte[n.content.size()]));
            delete(c.path(), false);
        } else if (change instanceof Change.Truncate c) {
            regular(c.path()).ifPresent(n -> n.content = Bytes.of(Arrays.copyOf(n.content.toArray(), (int) c.size())));
        } else if (change instanceof Change.Write c) {
            write(c);
        } else if (change instanceof Change.Upload c) {
            write(new Change.Write(c.path(), uploaded(c), c.permissions(), c.owner(), c.group()));
        } else if (change instanceof Change.MakeDirectory c) {
            GuestPath path = place(c.path(), true);
            Node node = nodes.get(path);
            if (node == null) {
                add(path, FileType.DIRECTORY, Bytes.EMPTY, c.permissions(), c.owner(), c.group());
            } else if (node.type != FileType.DIRECTORY) {
                throw refused("make " + path);
            }
        } else if (change instanceof Change.HardLink c) {
            hardLink(c);
        } else if (change instanceof Change.SymbolicLink c) {
            GuestPath path = place(c.path(), false);
            if (nodes.containsKey(path) && nodes.get(path).type == FileType.DIRECTORY) {
                throw refused("link " + path);
            }
            unlink(path);
            add(path, FileType.SYMLINK, Bytes.of(c.target()), 0777, 0, 0);
        } else if (change instanceof Change.SetPermissions c) {
            existing(c.path()).permissions = c.permissions();
        } else if (change instanceof Change.SetOwner c) {
            existing(c.path()).owner = c.owner();
            existing(c.path()).group = c.group();
        } else if (change instanceof Change.SetXattr c) {
            existing(c.path()).xattrs.put(c.name(), c.value());
        } else if (change instanceof Change.RemoveXattr c) {
            existing(c.path()).xattrs.remove(c.name());
        } else {
            throw new IllegalArgumentException("no engine knows " + change);
        }
    }

    private static Bytes uploaded(Change.Upload upload) {
        try {
            return Bytes.of(java.nio.file.Files.readAllBytes(upload.source()));
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private void delete(GuestPath path, boolean recursively) {
        if (path.equals(GuestPath.ROOT)) {
            throw refused("remove /");
        }
        GuestPath found =
                resolver.resolve(path, false).filter(nodes::containsKey).orElse(null);
        if (found == null) {
            return;
        }
        List<GuestPath> below = List.copyOf(below(found).keySet());
        if (!recursively && !below.isEmpty()) {
            throw refused("remove " + path);
        }
        // mount points stay, with the directories above them
        Stream.concat(below.stream(), Stream.of(found))
                .filter(file -> mountPoints.stream().noneMatch(point -> point.startsWith(file)))
                .forEach(this::unlink);
    }

    private void unlink(GuestPath path) {
        Node node = nodes.remove(path);
        if (node != null) {
            node.links--;
        }
    }

    private void write(Change.Write c) {
        GuestPath path = place(c.path(), true);
        Node node = nodes.get(path);
        if (node == null) {
            add(path, FileType.REGULAR, c.content(), c.permissions(), c.owner(), c.group());
        } else if (node.type == FileType.REGULAR) {
            node.content = c.content();
        } else {
            throw refused("write " + path);
        }
    }

    private void hardLink(Change.HardLink c) {
        GuestPath path = place(c.path(), false);
        Node node = existing(c.existing());
        GuestPath existing = resolver.resolve(c.existing(), false).orElseThrow();
        if (node.type == FileType.DIRECTORY
                || nodes.containsKey(path)
                || !device(path).equals(device(existing))) {
            throw refused("link " + path);
        }
        node.links++;
        nodes.put(path, node);
    }

    private GuestPath device(GuestPath path) {
        GuestPath at = path;
        while (!at.equals(GuestPath.ROOT) && !mountPoints.contains(at)) {
            at = at.parent().orElseThrow();
        }
        return at;
    }

    private Optional<Node> regular(GuestPath path) {
        return find(path, false).filter(n -> n.type == FileType.REGULAR);
    }

    private Node existing(GuestPath path) {
        return find(path, false).orElseThrow(() -> refused("change " + path));
    }

    private GuestPath place(GuestPath path, boolean follow) {
        if (follow && resolver.resolve(path, true).isPresent()) {
            return resolver.resolve(path, true).get();
        }
        GuestPath found = resolver.resolve(path, false).orElseThrow(() -> refused("make " + path));
        boolean directory = found.parent()
                .map(nodes::get)
                .filter(n -> n.type == FileType.DIRECTORY)
                .isPresent();
        if (!directory || (follow && nodes.containsKey(found))) {
            throw refused("make " + path);
        }
        return found;
    }

    @Override
    public void close() {}

    private static ImageException refused(String what) {
        return ImageException.of(ImageException.Kind.SOURCE, "Cannot " + what + " in the guest", "refused", "");
    }
}
