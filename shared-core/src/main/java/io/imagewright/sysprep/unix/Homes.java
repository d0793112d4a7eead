package io.imagewright.sysprep.unix;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/** The home directories of people: root's, those in /home, and those that /etc/passwd names for people. */
final class Homes {

    /** Directories that some accounts have for a home though they are the system's. */
    private static final Set<String> SYSTEM = Set.of(
            "bin", "boot", "dev", "etc", "home", "lib", "lib32", "lib64", "libx32", "media", "mnt", "opt", "proc",
            "run", "sbin", "srv", "sys", "tmp", "usr", "var");

    private Homes() {}

    /** Canonical paths of real directories, in path order. */
    static SortedSet<GuestPath> of(OperationContext context) {
        SortedSet<GuestPath> homes = new TreeSet<>();
        add(context, GuestPath.of("/root"), homes);
        GuestPath home = GuestPath.of("/home");
        if (Reachable.directory(context, home).isPresent()) {
            for (Entry entry : context.guest().list(home)) {
                add(context, entry.path(), homes);
            }
        }
        Accounts accounts = Accounts.of(context);
        for (Account account : accounts.all()) {
            if (account.uid() >= accounts.uidMin()) {
                account.homePath().ifPresent(path -> add(context, path, homes));
            }
        }
        return homes;
    }

    private static void add(OperationContext context, GuestPath path, Set<GuestPath> homes) {
        Reachable.directory(context, path).filter(Homes::isOneOfPeople).ifPresent(homes::add);
    }

    private static boolean isOneOfPeople(GuestPath home) {
        return home.depth() > 1 || (home.depth() == 1 && !SYSTEM.contains(home.name()));
    }
}
