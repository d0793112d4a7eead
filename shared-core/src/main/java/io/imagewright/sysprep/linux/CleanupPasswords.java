package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Reachable;
import io.imagewright.sysprep.unix.SecretFiles;

/** Locks every password and removes the copies that the system keeps of the files with their hashes. */
public final class CleanupPasswords implements LinuxOperation {

    private static final GuestPath SHADOW = GuestPath.of("/etc/shadow");

    /** Of shadow-utils, and of Debian's daily jobs. */
    private static final List<GuestPath> BACKUPS = List.of(
            GuestPath.of("/etc/shadow-"),
            GuestPath.of("/etc/gshadow-"),
            GuestPath.of("/var/backups/shadow.bak"),
            GuestPath.of("/var/backups/gshadow.bak"));

    private static final Set<String> LOCKED = Set.of("*", "!");

    @Override
    public String name() {
        return "cleanup-passwords";
    }

    @Override
    public String description() {
        return "Locks all users' and groups' passwords and removes the backups of /etc/shadow and /etc/gshadow.";
    }

    @Override
    public String effect() {
        return "Sets to `!` every password of `/etc/shadow`, `gshadow`, `passwd` and `group` that is not "
                + "locked, none or a reference; overwrites and deletes `/etc/shadow-`, `/etc/gshadow-`, "
                + "`/var/backups/shadow.bak` and `/var/backups/gshadow.bak`.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<Change> changes = new ArrayList<>();
        if (Reachable.regularFile(context, SHADOW).isEmpty()) {
            context.warn("There is no file /etc/shadow; no password is locked there.");
        }
        // an empty password lets everyone in; in the files of groups it means that there is none (gshadow(5))
        lock(context, changes, SHADOW, LOCKED::contains);
        lock(context, changes, GuestPath.of("/etc/gshadow"), field -> field.isEmpty() || LOCKED.contains(field));
        for (String backup : List.of("", "-")) {
            lock(context, changes, GuestPath.of("/etc/passwd" + backup), CleanupPasswords::refersToShadow);
            lock(
                    context,
                    changes,
                    GuestPath.of("/etc/group" + backup),
                    field -> field.isEmpty() || refersToShadow(field));
        }
        List<Entry> backups = BACKUPS.stream()
                .flatMap(path -> Reachable.entry(context, path).stream())
                .toList();
        changes.addAll(SecretFiles.remove(
                context,
                backups.stream().filter(entry -> entry.stat().isRegular()).toList()));
        backups.stream()
                .filter(entry -> entry.stat().isSymlink())
                .forEach(entry -> changes.add(new Change.Delete(entry.path())));
        return changes;
    }

    private static boolean refersToShadow(String field) {
        return field.equals("x") || LOCKED.contains(field);
    }

    private static void lock(
            OperationContext context, List<Change> changes, GuestPath path, Predicate<String> holdsNone) {
        ConfigFile.read(context, path)
                .flatMap(file -> file.with(file.mapLines(line -> lock(line, holdsNone))))
                .ifPresent(changes::add);
    }

    private static String lock(String line, Predicate<String> holdsNone) {
        int start = line.indexOf(':') + 1;
        int colon = line.indexOf(':', start);
        int end = colon < 0 ? line.length() : colon;
        String password = start == 0 ? "" : line.substring(start, end);
        // "+::..." and "-..." take users in from NIS or leave them out (nsswitch.conf(5), compat): empty means NIS's
        // own there
        boolean compat = line.startsWith("+") || line.startsWith("-");
        if (start == 0 || holdsNone.test(password) || (compat && password.isEmpty())) {
            return line;
        }
        return line.substring(0, start) + "!" + line.substring(end);
    }
}
