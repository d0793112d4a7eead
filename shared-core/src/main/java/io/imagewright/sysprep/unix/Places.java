package io.imagewright.sysprep.unix;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/**
 * Where an operation may clean. A directory like /tmp or /var/log may be a link to another place for its kind of data, but one that leads
 * into the system itself is an accident or a trap: following it would empty /etc or /usr.
 */
final class Places {

    private static final Set<String> SYSTEM = Set.of(
            "bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "root", "sbin", "sys", "usr");

    /** Where packages keep what they know, for example dpkg's and rpm's databases. */
    private static final GuestPath STATE = GuestPath.of("/var/lib");

    /** Directories of the root that hold nothing lasting. */
    private static final Set<String> PASSING = Set.of("tmp", "run");

    private Places() {}

    /** What lies directly in these directories, to be removed with all below; warns of directories that are missing. */
    static List<Change> empty(OperationContext context, List<GuestPath> directories) {
        SortedSet<GuestPath> entries = new TreeSet<>(); // one directory may be a link to the other
        for (GuestPath directory : directories) {
            toClean(context, directory)
                    .ifPresent(place -> context.guest().list(place).forEach(entry -> entries.add(entry.path())));
        }
        return Removal.trees(entries);
    }

    /** The canonical path of a directory to clean; warns and is empty when it is missing or leads into the system. */
    static Optional<GuestPath> toClean(OperationContext context, GuestPath directory) {
        Optional<GuestPath> canonical = Reachable.directory(context, directory);
        if (canonical.isEmpty()) {
            context.warn("Directory: `" + directory + "' does not exist!");
        }
        return canonical.filter(path -> mayClean(context, directory, path));
    }

    /** Whether a directory that was asked for by one path may be cleaned by its canonical one; warns when not. */
    static boolean mayClean(OperationContext context, GuestPath asked, GuestPath canonical) {
        boolean allowed = canonical.equals(asked) || !isSystem(canonical);
        if (!allowed) {
            context.warn(asked + " leads to " + canonical + ", which belongs to the system; it is not cleaned.");
        }
        return allowed;
    }

    /** Whether this canonical path belongs to the system, or is too near to the root to be of one kind of data. */
    static boolean isSystem(GuestPath canonical) {
        return canonical.depth() == 0
                || SYSTEM.contains(first(canonical))
                || (canonical.depth() == 1 && !PASSING.contains(first(canonical)))
                || canonical.equals(STATE);
    }

    private static String first(GuestPath path) {
        return Bytes.of(path.nameBytes(0)).text();
    }
}
