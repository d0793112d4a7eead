package io.imagewright.sysprep.unix;

import java.util.Optional;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/** What a program in the guest would reach under a path, every link followed. */
public final class Reachable {

    private Reachable() {}

    /**
     * The canonical path of a file of any type; empty when there is none. Links in a circle are warned of and count as nothing, as no
     * program in the guest gets through them either.
     */
    public static Optional<GuestPath> path(OperationContext context, GuestPath path) {
        try {
            return context.guest().resolve(path);
        } catch (ImageException circle) {
            if (circle.kind() != ImageException.Kind.SOURCE) {
                throw circle;
            }
            context.warn(path + " is left alone. " + circle.getMessage());
            return Optional.empty();
        }
    }

    /** The same for a file with what it is. */
    public static Optional<Entry> file(OperationContext context, GuestPath path) {
        return path(context, path)
                .flatMap(canonical -> context.guest().stat(canonical).map(stat -> new Entry(canonical, stat)));
    }

    /** A regular file; empty when there is none. */
    public static Optional<Entry> regularFile(OperationContext context, GuestPath path) {
        return file(context, path).filter(entry -> entry.stat().isRegular());
    }

    /** A directory; empty when there is none. */
    public static Optional<GuestPath> directory(OperationContext context, GuestPath path) {
        return path(context, path)
                .filter(canonical -> canonical.equals(GuestPath.ROOT)
                        || context.guest()
                                .stat(canonical)
                                .filter(FileStat::isDirectory)
                                .isPresent());
    }

    /** What is at this very place: links in its directories are followed, the file itself is not. */
    public static Optional<Entry> entry(OperationContext context, GuestPath path) {
        return path.parent()
                .flatMap(parent -> directory(context, parent))
                .map(parent -> parent.child(path.nameBytes(path.depth() - 1)))
                .flatMap(place -> context.guest().stat(place).map(stat -> new Entry(place, stat)));
    }
}
