package io.imagewright.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** The files of the guest, and their owners and extended attributes. Directories that have no member of their own are root's. */
final class SquashfsTree {

    private static final int LONGEST_NAME = 256;
    private static final int DEEPEST = 2000;

    /** Ids are counted in 16 bits. */
    private static final int MOST_IDS = 0xffff;

    /** The table of a file's blocks, 4 bytes each, is read as a whole by some programs. */
    private static final long LARGEST_FILE = 16L << 40;

    private final SquashfsAttributes attributes;
    private final long timestamp;
    private final Map<Long, Integer> ids = new LinkedHashMap<>();
    private SquashfsDirectory root;

    /** @param timestamp of directories that have no member of their own; seconds since the epoch */
    SquashfsTree(SquashfsAttributes attributes, long timestamp) {
        this.attributes = attributes;
        this.timestamp = timestamp;
        this.root = directory();
    }

    SquashfsDirectory root() {
        return root;
    }

    /** User and group ids, in the order of their indexes. */
    List<Long> ids() {
        return new ArrayList<>(ids.keySet());
    }

    /**
     * Adds a file.
     *
     * @return of a regular file what takes its content
     * @throws ImageException when this is no tree, or the format has no room for it
     */
    Optional<SquashfsFile> add(TarEntry entry) {
        List<String> path = path(entry.path());
        if (entry.type() == '1') {
            addLink(path, entry);
            return Optional.empty();
        }
        if (entry.size() > LARGEST_FILE) {
            throw unsupported(
                    entry.path() + " has " + entry.size() + " bytes, and a file there at most " + LARGEST_FILE);
        }
        SquashfsNode node = node(entry);
        if (path.isEmpty()) {
            if (!(node instanceof SquashfsDirectory directory)
                    || !root.children().isEmpty()) {
                throw damaged(entry);
            }
            root = directory;
        } else {
            put(path, node, entry);
        }
        return node instanceof SquashfsFile file ? Optional.of(file) : Optional.empty();
    }

    private SquashfsNode node(TarEntry entry) {
        SquashfsNode.Attributes common = new SquashfsNode.Attributes(
                entry.mode(),
                id(entry.user()),
                id(entry.group()),
                entry.modified(),
                attributes.index(entry.attributes()));
        return switch (entry.type()) {
            case '0' -> new SquashfsFile(common, entry.size());
            case '2' -> new SquashfsSymlink(common, entry.link().getBytes(StandardCharsets.ISO_8859_1));
            case '3' -> special(common, SquashfsSpecial.Kind.CHARACTER_DEVICE, entry);
            case '4' -> special(common, SquashfsSpecial.Kind.BLOCK_DEVICE, entry);
            case '5' -> new SquashfsDirectory(common);
            case '6' -> special(common, SquashfsSpecial.Kind.FIFO, entry);
            default -> throw damaged(entry);
        };
    }

    private static SquashfsSpecial special(SquashfsNode.Attributes common, SquashfsSpecial.Kind kind, TarEntry entry) {
        return new SquashfsSpecial(common, kind, entry.major(), entry.minor());
    }

    private SquashfsDirectory directory() {
        return new SquashfsDirectory(new SquashfsNode.Attributes(0755, id(0), id(0), timestamp, SquashfsNode.NONE));
    }

    private int id(long id) {
        Integer known = ids.get(id);
        if (known != null) {
            return known;
        }
        if (ids.size() == MOST_IDS) {
            throw unsupported("the guest's files belong to more than " + MOST_IDS + " users and groups");
        }
        ids.put(id, ids.size());
        return ids.size() - 1;
    }

    private void addLink(List<String> path, TarEntry entry) {
        SquashfsNode found = root;
        for (String name : path(entry.link())) {
            found = found instanceof SquashfsDirectory directory
                    ? directory.children().get(name)
                    : null;
        }
        if (found == null || found instanceof SquashfsDirectory || path.isEmpty()) {
            throw damaged(entry);
        }
        found.addLink();
        put(path, found, entry);
    }

    private void put(List<String> path, SquashfsNode node, TarEntry entry) {
        SquashfsDirectory directory = root;
        for (String name : path.subList(0, path.size() - 1)) {
            SquashfsNode next = directory.children().get(name);
            if (next == null) {
                next = directory();
                directory.add(name, next);
            }
            if (!(next instanceof SquashfsDirectory below)) {
                throw damaged(entry);
            }
            directory = below;
        }
        if (!directory.add(path.get(path.size() - 1), node)) {
            throw damaged(entry);
        }
    }

    /** The names on the way. */
    private static List<String> path(String text) {
        List<String> names = new ArrayList<>();
        for (String name : text.split("/", -1)) {
            if (name.equals("..") || name.length() > LONGEST_NAME || name.indexOf(0) >= 0) {
                throw unsupported("it has no room for the name " + text);
            }
            if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        if (names.size() > DEEPEST) {
            throw unsupported("directories lie more than " + DEEPEST + " deep");
        }
        return names;
    }

    private static ImageException unsupported(String reason) {
        return ImageException.of(
                Kind.UNSUPPORTED,
                "Cannot write the guest's files as squashfs",
                reason,
                "Choose another format, such as tar.");
    }

    private static ImageException damaged(TarEntry entry) {
        return ImageException.of(
                Kind.ENVIRONMENT,
                "Cannot write the guest's files",
                "their tar, made of the working copy, is damaged at the member " + entry.path(),
                "Make sure that nothing else changes the work directory, and check the disk below it.");
    }
}
