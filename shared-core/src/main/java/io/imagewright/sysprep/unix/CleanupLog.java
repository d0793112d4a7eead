package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.Facts;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.OperationContext;

/**
 * Deletes the logs that programs make anew, journals among them (journald takes an emptied journal for a corrupt one), and empties
 * the others, since some programs do not make their log again with the owner it needs.
 */
public final class CleanupLog implements Operation {

    private static final GuestPath LOG = GuestPath.of("/var/log");

    /** Slackware's database of packages, before it moved to /var/lib/pkgtools: no logs, though they lie there. */
    private static final List<String> SLACKWARE_DATABASE =
            List.of("packages", "scripts", "setup", "removed_packages", "removed_scripts");

    @Override
    public String name() {
        return "cleanup-log";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("logfiles");
    }

    @Override
    public String description() {
        return "Deletes journals, system and installer logs, and empties every other regular file below /var/log.";
    }

    @Override
    public Phase phase() {
        return Phase.CLEAN;
    }

    @Override
    public boolean appliesTo(Facts facts) {
        return UnixFamily.includes(facts);
    }

    @Override
    public List<Change> plan(OperationContext context) {
        Optional<GuestPath> log = Places.toClean(context, LOG);
        List<GuestPath> kept = log.map(directory -> kept(context, directory)).orElse(List.of());
        Set<GuestPath> deleted = new TreeSet<>();
        Stream.concat(
                        LogFiles.elsewhere().flatMap(glob -> glob.toClean(context, GuestPath.ROOT).stream()),
                        log.stream()
                                .flatMap(directory -> LogFiles.belowLogDirectory()
                                        .flatMap(glob -> glob.toClean(context, directory).stream())))
                .map(Entry::path)
                .filter(path -> kept.stream().noneMatch(path::startsWith))
                .forEach(deleted::add);
        List<Change> changes = new ArrayList<>();
        deleted.stream()
                .filter(path -> !isBelow(deleted, path))
                .forEach(path -> changes.add(new Change.DeleteTree(path)));
        log.ifPresent(directory -> context.guest().walk(directory).stream()
                .filter(entry -> entry.stat().isRegular() && entry.stat().size() > 0)
                .map(Entry::path)
                .filter(path -> kept.stream().noneMatch(path::startsWith))
                .filter(path -> !deleted.contains(path) && !isBelow(deleted, path))
                .forEach(path -> changes.add(new Change.Truncate(path, 0))));
        return changes;
    }

    private static boolean isBelow(Set<GuestPath> tops, GuestPath path) {
        return path.parent()
                .filter(parent -> tops.contains(parent) || isBelow(tops, parent))
                .isPresent();
    }

    private static List<GuestPath> kept(OperationContext context, GuestPath log) {
        boolean slackware = context.facts().distribution().equals("slackware")
                || context.guest().stat(GuestPath.of("/etc/slackware-version")).isPresent();
        return slackware ? SLACKWARE_DATABASE.stream().map(log::child).toList() : List.of();
    }
}
