package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/**
 * A relative path whose components may hold {@code *}, which stands for any bytes, a leading dot included: what is cleaned has no reason to be left
 * for being hidden.
 */
public final class Glob {

    private final String[] components;

    /** A pattern like {@code boot/efi/EFI/*}{@code /grub.cfg}; no component may be {@code ..}. */
    public Glob(String pattern) {
        this.components = pattern.split("/", -1);
    }

    /** The pattern. */
    @Override
    public String toString() {
        return String.join("/", components);
    }

    /** What matches below a directory, by canonical path; the last component is not followed. */
    public List<Entry> below(OperationContext context, GuestPath top) {
        return below(context, top, (asked, canonical) -> true);
    }

    /** The same without what lies in directories that lead into the system, see {@link Places}. */
    List<Entry> toClean(OperationContext context, GuestPath top) {
        return below(context, top, (asked, canonical) -> Places.mayClean(context, asked, canonical));
    }

    /** Directories without a match are not put to the test: nobody wants to hear of them. */
    private List<Entry> below(OperationContext context, GuestPath top, BiPredicate<GuestPath, GuestPath> directories) {
        List<GuestPath> parents = List.of(top);
        for (int i = 0; i < components.length - 1; i++) {
            parents = step(context, parents, components[i]);
        }
        List<Entry> found = new ArrayList<>();
        String last = components[components.length - 1];
        for (GuestPath parent : parents) {
            Optional<GuestPath> place = Reachable.directory(context, parent);
            List<Entry> matching = place.map(context.guest()::list).orElse(List.of()).stream()
                    .filter(entry -> matches(last, name(entry.path())))
                    .toList();
            if (!matching.isEmpty()
                    && place.filter(canonical -> directories.test(parent, canonical))
                            .isPresent()) {
                found.addAll(matching);
            }
        }
        return found;
    }

    private static List<GuestPath> step(OperationContext context, List<GuestPath> directories, String pattern) {
        if (pattern.indexOf('*') < 0) {
            return directories.stream()
                    .map(directory -> directory.child(pattern))
                    .toList();
        }
        List<GuestPath> matching = new ArrayList<>();
        for (GuestPath directory : directories) {
            if (Reachable.directory(context, directory).isPresent()) {
                context.guest().list(directory).stream()
                        .map(entry -> directory.child(lastBytes(entry.path())))
                        .filter(path -> matches(pattern, name(path)))
                        .forEach(matching::add);
            }
        }
        return matching;
    }

    private static byte[] lastBytes(GuestPath path) {
        return path.nameBytes(path.depth() - 1);
    }

    private static String name(GuestPath path) {
        return Bytes.of(lastBytes(path)).text();
    }

    /** Whether a name matches; linear in the name for each star, whatever the name is. */
    static boolean matches(String pattern, String name) {
        String[] pieces = pattern.split("\\*", -1);
        String first = pieces[0];
        if (pieces.length == 1) {
            return name.equals(first);
        }
        String last = pieces[pieces.length - 1];
        if (!name.startsWith(first) || !name.endsWith(last) || name.length() < first.length() + last.length()) {
            return false;
        }
        int at = first.length();
        int end = name.length() - last.length();
        for (int i = 1; i < pieces.length - 1; i++) {
            int found = name.indexOf(pieces[i], at);
            if (found < 0 || found + pieces[i].length() > end) {
                return false;
            }
            at = found + pieces[i].length();
        }
        return true;
    }
}
