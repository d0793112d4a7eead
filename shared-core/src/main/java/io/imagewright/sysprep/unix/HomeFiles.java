package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/** Takes files of people out of all homes. */
final class HomeFiles {

    /** Where, for the manual. */
    static final String HOMES = "in `/root`, the directories of `/home` and the homes of users in "
            + "`/etc/passwd` (from `UID_MIN` of `/etc/login.defs` on)";

    private HomeFiles() {}

    /**
     * Overwrites and deletes these files, and all files below directories; the directories stay.
     *
     * @param paths relative to a home, components joined by slashes
     */
    static List<Change> remove(OperationContext context, Collection<String> paths) {
        TreeMap<GuestPath, Entry> files = new TreeMap<>(); // homes may lie in each other
        TreeMap<GuestPath, Entry> others = new TreeMap<>();
        for (GuestPath home : Homes.of(context)) {
            Set<GuestPath> there =
                    context.guest().list(home).stream().map(Entry::path).collect(Collectors.toSet());
            for (String path : paths) {
                if (there.contains(home.child(path.split("/", 2)[0]))) {
                    for (Entry entry : found(context, home, home.resolve(path))) {
                        (entry.stat().isRegular() ? files : others).put(entry.path(), entry);
                    }
                }
            }
        }
        List<Change> changes = new ArrayList<>(SecretFiles.remove(context, files.values()));
        others.keySet().forEach(path -> changes.add(new Change.Delete(path)));
        return changes;
    }

    /**
     * The file itself, or all but the directories below it: names and keys also show in sockets and links of an agent. A link is followed
     * while it stays in the home, as people keep such files in a repository of their own.
     */
    private static List<Entry> found(OperationContext context, GuestPath home, GuestPath path) {
        Optional<Entry> real = Reachable.file(context, path);
        if (real.isEmpty()) {
            return List.of();
        }
        if (!real.get().path().startsWith(home)) {
            if (real.get().stat().isRegular() || real.get().stat().isDirectory()) {
                context.warn(path + " leads out of the home, to " + real.get().path() + ", and is left alone.");
            }
            return List.of();
        }
        Entry entry = real.get();
        if (entry.stat().isDirectory()) {
            return context.guest().walk(entry.path()).stream()
                    .filter(below -> !below.stat().isDirectory())
                    .toList();
        }
        return entry.stat().isRegular() ? List.of(entry) : List.of();
    }
}
