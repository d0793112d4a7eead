package io.imagewright.sysprep.unix;

import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/** The home directories of people: root's, those in /home, and those that /etc/passwd names for people. */
final class Homes {

    private static final GuestPath PASSWD = GuestPath.of("/etc/passwd");
    private static final GuestPath LOGIN_DEFS = GuestPath.of("/etc/login.defs");

    /** What login.defs(5) says where nothing else is configured. */
    private static final long UID_MIN = 1000;

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
        long uidMin = uidMin(context);
        ConfigFile.read(context, PASSWD)
                .ifPresent(passwd -> passwd.text().lines().forEach(line -> {
                    String[] fields = line.split(":", 8);
                    if (fields.length >= 6 && number(fields[2]) >= uidMin) {
                        home(fields[5]).ifPresent(path -> add(context, path, homes));
                    }
                }));
        return homes;
    }

    private static void add(OperationContext context, GuestPath path, Set<GuestPath> homes) {
        Reachable.directory(context, path).filter(Homes::isOneOfPeople).ifPresent(homes::add);
    }

    private static boolean isOneOfPeople(GuestPath home) {
        return home.depth() > 1 || (home.depth() == 1 && !SYSTEM.contains(home.name()));
    }

    private static Optional<GuestPath> home(String field) {
        try {
            return field.startsWith("/") ? Optional.of(path(field)) : Optional.empty();
        } catch (IllegalArgumentException climbs) {
            return Optional.empty(); // a home with .. in it is no home that a tool makes
        }
    }

    private static GuestPath path(String field) {
        GuestPath path = GuestPath.ROOT;
        for (String name : field.split("/", -1)) {
            if (!name.isEmpty() && !name.equals(".")) {
                path = path.child(Bytes.ofText(name).toArray());
            }
        }
        return path;
    }

    private static long uidMin(OperationContext context) {
        return ConfigFile.read(context, LOGIN_DEFS)
                .flatMap(file -> file.text()
                        .lines()
                        .map(line -> line.strip().split("\\s+", 3))
                        .filter(words -> words.length > 1 && words[0].equals("UID_MIN"))
                        .map(words -> number(words[1]))
                        .filter(uid -> uid > 0)
                        .reduce((first, last) -> last))
                .orElse(UID_MIN);
    }

    /** A decimal number as accounts have them; -1 for anything else. */
    private static long number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(text) : -1;
    }
}
