package io.imagewright.sysprep.unix;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/** Deletes cached files. Directories and links stay: programs rarely make their cache's directory again. */
public final class CleanupCache implements UnixOperation {

    private static final GuestPath CACHE = GuestPath.of("/var/cache");

    /** Caches of packages, which administrators like to move to another disk: looked into even when they are links. */
    private static final List<Glob> PACKAGERS = List.of(
            new Glob("var/cache/apt/archives/*"),
            new Glob("var/cache/apt/archives/partial/*"),
            new Glob("var/cache/dnf/*"),
            new Glob("var/cache/yum/*"),
            new Glob("var/cache/zypp*/*"));

    @Override
    public String name() {
        return "cleanup-cache";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("package-manager-cache");
    }

    @Override
    public String description() {
        return "Deletes every regular file below /var/cache, packages included; directories stay.";
    }

    @Override
    public String effect() {
        return "Deletes every regular file below `/var/cache`; and below `apt/archives`, `dnf`, `yum` and "
                + "`zypp*` there also where these are links. Directories and links stay.";
    }

    @Override
    public List<Change> plan(OperationContext context) {
        Set<GuestPath> files = new TreeSet<>();
        Places.toClean(context, CACHE)
                .ifPresent(cache -> addFiles(files, context.guest().walk(cache)));
        for (Glob cache : PACKAGERS) {
            for (Entry entry : cache.toClean(context, GuestPath.ROOT)) {
                addFiles(files, List.of(entry));
                if (entry.stat().isDirectory()) {
                    addFiles(files, context.guest().walk(entry.path()));
                }
            }
        }
        return files.stream().<Change>map(Change.Delete::new).toList();
    }

    private static void addFiles(Set<GuestPath> files, List<Entry> entries) {
        entries.stream().filter(entry -> entry.stat().isRegular()).forEach(entry -> files.add(entry.path()));
    }
}
