package io.imagewright.guest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import io.imagewright.error.ImageException;

/** Follows symbolic links inside a guest's root, as {@code path_resolution(7)} says for a process whose root it is. */
public final class PathResolver {

    /** Links on one path before the kernel gives up with ELOOP. */
    public static final int MAX_LINKS = 40;

    /** Bytes of a path, PATH_MAX of Linux. */
    private static final int MAX_PATH = 4096;

    /** One look at the tree, by canonical path. */
    public interface Nodes {

        /** The {@code lstat} of a canonical path; empty when nothing is there. */
        Optional<FileStat> node(GuestPath canonical);

        /** The target of the link at a canonical path. */
        Bytes target(GuestPath canonical);
    }

    private final Nodes nodes;

    /** A resolver over this tree. */
    public PathResolver(Nodes nodes) {
        this.nodes = nodes;
    }

    /**
     * The canonical path; empty when a directory on the way, or with {@code followLast} the file itself, is not there.
     *
     * @param followLast whether a link at the end is followed; when not, the last component need not exist
     * @throws ImageException when links go in a circle or the path grows too long
     */
    public Optional<GuestPath> resolve(GuestPath path, boolean followLast) {
        Deque<byte[]> rest = new ArrayDeque<>();
        for (int i = 0; i < path.depth(); i++) {
            rest.add(path.nameBytes(i));
        }
        GuestPath at = GuestPath.ROOT;
        int links = 0;
        while (!rest.isEmpty()) {
            byte[] name = rest.remove();
            if (isDots(name)) {
                at = name.length == 2 ? at.parent().orElse(GuestPath.ROOT) : at;
                continue;
            }
            GuestPath next = at.child(name);
            Optional<FileStat> stat = nodes.node(next);
            boolean last = rest.isEmpty();
            if (stat.isPresent() && stat.get().isSymlink() && (!last || followLast)) {
                if (++links > MAX_LINKS) {
                    throw ImageException.of(
                            ImageException.Kind.SOURCE,
                            "Cannot resolve " + path + " in the guest",
                            "more than " + MAX_LINKS + " symbolic links on the way (a circle?)",
                            "Fix the link in the guest.");
                }
                Bytes target = nodes.target(next);
                at = push(rest, target, path) ? GuestPath.ROOT : at;
            } else if (last && !followLast) {
                return Optional.of(next);
            } else if (stat.isEmpty() || (!last && !stat.get().isDirectory())) {
                return Optional.empty();
            } else {
                at = next;
            }
        }
        return Optional.of(at);
    }

    /** Puts the components of a link's target before the rest; true when the target is absolute. */
    private static boolean push(Deque<byte[]> rest, Bytes target, GuestPath path) {
        int length = target.size();
        for (byte[] name : rest) {
            length += name.length + 1;
        }
        if (length > MAX_PATH) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot resolve " + path + " in the guest",
                    "following its symbolic links makes a path of more than " + MAX_PATH + " bytes",
                    "Fix the link in the guest.");
        }
        String[] names = target.text().split("/", -1);
        for (int i = names.length - 1; i >= 0; i--) {
            if (!names[i].isEmpty()) {
                rest.addFirst(names[i].getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return target.text().startsWith("/");
    }

    private static boolean isDots(byte[] name) {
        return name.length <= 2 && name.length > 0 && name[0] == '.' && name[name.length - 1] == '.';
    }
}
