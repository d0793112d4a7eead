package io.imagewright.guest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds files by names in any case, as Windows does: the tree keeps upper and lower case apart. A directory is listed once, and only when it
 * has not the very name. Sees no changes that come later.
 */
public final class AnyCase {

    private final GuestTree tree;
    private final Map<GuestPath, List<Entry>> listed = new HashMap<>();

    public AnyCase(GuestTree tree) {
        this.tree = tree;
    }

    /** The file at this path below a directory, its names as the tree has them; links are not followed at its end. */
    public Optional<GuestPath> find(GuestPath directory, String relative) {
        GuestPath path = place(directory, relative);
        return tree.stat(path).isPresent() ? Optional.of(path) : Optional.empty();
    }

    /** The same for what need not be there: names that are missing stay as they are given. */
    public GuestPath place(GuestPath directory, String relative) {
        GuestPath at = directory;
        for (String name : relative.split("[/\\\\]", -1)) {
            at = name.isEmpty() ? at : child(at, name);
        }
        return at;
    }

    /** The same for a path. */
    public GuestPath place(GuestPath path) {
        GuestPath at = GuestPath.ROOT;
        for (int i = 0; i < path.depth(); i++) {
            at = child(at, Bytes.of(path.nameBytes(i)).display());
        }
        return at;
    }

    private GuestPath child(GuestPath directory, String name) {
        GuestPath exact = directory.child(name);
        if (tree.stat(exact).isPresent()) {
            return exact;
        }
        return listed.computeIfAbsent(directory, tree::list).stream()
                .map(entry -> entry.path().name())
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(directory::child)
                .orElse(exact);
    }
}
