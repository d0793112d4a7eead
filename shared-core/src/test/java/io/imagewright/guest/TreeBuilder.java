package io.imagewright.guest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Describes the files of a guest for a test, whatever engine makes it: items in an order in which parents come before what they
 * hold. The methods after an item (mode, owner ...) shape that item.
 */
public final class TreeBuilder {

    /** What to make. */
    public enum Kind {
        DIRECTORY,
        FILE,
        SYMLINK,
        HARD_LINK
    }

    /**
     * One file.
     *
     * @param content of a file, or target of a symbolic link
     * @param existing what a hard link leads to; null for the other kinds
     * @param modified seconds since the epoch
     */
    public record Item(
            Kind kind,
            GuestPath path,
            int permissions,
            int owner,
            int group,
            long modified,
            Map<String, Bytes> xattrs,
            Bytes content,
            @Nullable GuestPath existing) {}

    /** The time of every file that is not given one. */
    public static final long MODIFIED = 1_600_000_000L;

    private final List<Item> items = new ArrayList<>();
    private final Set<GuestPath> known = new HashSet<>(Set.of(GuestPath.ROOT));

    /** All items so far. */
    public List<Item> items() {
        return List.copyOf(items);
    }

    public TreeBuilder dir(String path) {
        return dir(GuestPath.of(path));
    }

    /** A directory, mode 0755; one that an earlier item made already stays. */
    public TreeBuilder dir(GuestPath path) {
        if (known.contains(path)) {
            return this;
        }
        return item(Kind.DIRECTORY, path, 0755, Bytes.EMPTY, null);
    }

    public TreeBuilder file(String path, String content) {
        return file(GuestPath.of(path), Bytes.of(content));
    }

    /** A regular file, mode 0644. */
    public TreeBuilder file(GuestPath path, Bytes content) {
        return item(Kind.FILE, path, 0644, content, null);
    }

    public TreeBuilder symlink(String path, String target) {
        return item(Kind.SYMLINK, GuestPath.of(path), 0777, Bytes.of(target), null);
    }

    public TreeBuilder hardLink(String path, String existing) {
        return item(Kind.HARD_LINK, GuestPath.of(path), 0, Bytes.EMPTY, GuestPath.of(existing));
    }

    /** Mode of the last item. */
    public TreeBuilder mode(int permissions) {
        Item i = last();
        return replace(
                new Item(i.kind, i.path, permissions, i.owner, i.group, i.modified, i.xattrs, i.content, i.existing));
    }

    /** Owner and group of the last item. */
    public TreeBuilder owner(int owner, int group) {
        Item i = last();
        return replace(
                new Item(i.kind, i.path, i.permissions, owner, group, i.modified, i.xattrs, i.content, i.existing));
    }

    /** Time of the last item, in seconds since the epoch. */
    public TreeBuilder modified(long seconds) {
        Item i = last();
        return replace(
                new Item(i.kind, i.path, i.permissions, i.owner, i.group, seconds, i.xattrs, i.content, i.existing));
    }

    /** One more extended attribute of the last item. */
    public TreeBuilder xattr(String name, Bytes value) {
        Item i = last();
        Map<String, Bytes> more = new TreeMap<>(i.xattrs);
        more.put(name, value);
        return replace(new Item(
                i.kind, i.path, i.permissions, i.owner, i.group, i.modified, Map.copyOf(more), i.content, i.existing));
    }

    private TreeBuilder item(Kind kind, GuestPath path, int mode, Bytes content, @Nullable GuestPath existing) {
        path.parent().ifPresent(this::dir);
        if (!known.add(path)) {
            throw new IllegalArgumentException(path + " is there already");
        }
        items.add(new Item(kind, path, mode, 0, 0, MODIFIED, Map.of(), content, existing));
        return this;
    }

    private Item last() {
        return items.get(items.size() - 1);
    }

    private TreeBuilder replace(Item item) {
        items.set(items.size() - 1, item);
        return this;
    }
}
