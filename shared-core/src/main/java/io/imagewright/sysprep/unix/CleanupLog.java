package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/**
 * Deletes the logs that programs create again, journals among them (journald takes an emptied journal for a corrupt one), and empties
 * the others, since some programs do not make their log again with the owner it needs.
 */
public final class CleanupLog implements UnixOperation {

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
    public String effect() {
        return LogFiles.all().effect()
                + " Empties every other regular file below `/var/log` (on Slackware not the package database).";
    }

    @Override
    public List<Change> plan(OperationContext context) {
        Optional<GuestPath> log = Places.toClean(context, LOG);
        Removal removal = log.isPresent() ? LogFiles.all() : LogFiles.elsewhere();
        List<Change> changes = new ArrayList<>(removal.plan(context));
        Set<GuestPath> done = changes.stream().map(Change::path).collect(Collectors.toCollection(HashSet::new));
        log.ifPresent(directory -> {
            done.addAll(database(context, directory));
            context.guest().walk(directory).stream()
                    .filter(entry -> entry.stat().isRegular() && entry.stat().size() > 0)
                    .filter(entry -> !Removal.isInOneOf(done, entry.path()))
                    .forEach(entry -> changes.add(new Change.Truncate(entry.path(), 0)));
        });
        return changes;
    }

    private static List<GuestPath> database(OperationContext context, GuestPath log) {
        boolean slackware = context.facts().distribution().equals("slackware")
                || context.guest().stat(GuestPath.of("/etc/slackware-version")).isPresent();
        return slackware ? SLACKWARE_DATABASE.stream().map(log::child).toList() : List.of();
    }
}
