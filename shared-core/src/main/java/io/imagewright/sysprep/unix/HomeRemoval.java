package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import io.imagewright.guest.Change;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/**
 * Removes the homes of users who go. What /etc/passwd calls a home may be anything: only a directory in /home, or one that the user
 * owns, goes, and none that belongs to the system, that somebody who stays lives in, or that another file system is mounted below.
 */
public final class HomeRemoval {

    private static final GuestPath HOME = GuestPath.of("/home");

    private final OperationContext context;
    private final List<GuestPath> inhabited;
    private final Optional<GuestPath> homes;

    /** With the homes of those who stay. */
    public HomeRemoval(OperationContext context, Collection<Account> staying) {
        this.context = context;
        this.inhabited = staying.stream()
                .flatMap(account -> account.homePath().stream())
                .distinct()
                .flatMap(home -> Reachable.directory(context, home).stream())
                .toList();
        this.homes = Reachable.directory(context, HOME);
    }

    /** The changes; warns of homes that stay. */
    public List<Change> of(Collection<Account> going) {
        SortedSet<GuestPath> trees = new TreeSet<>();
        List<Change> links = new ArrayList<>();
        for (Account account : going) {
            Optional<GuestPath> home = account.homePath();
            home.flatMap(path -> Reachable.directory(context, path)).ifPresent(directory -> {
                if (mayGo(account, directory)) {
                    trees.add(directory);
                    home.flatMap(path -> Reachable.entry(context, path))
                            .filter(entry -> entry.stat().isSymlink())
                            .ifPresent(link -> links.add(new Change.Delete(link.path())));
                } else {
                    context.warn("The home " + directory + " of the removed user " + account.name()
                            + " stays: it is not the user's alone.");
                }
            });
        }
        List<Change> changes = new ArrayList<>(links);
        changes.addAll(Removal.trees(trees));
        return changes;
    }

    private boolean mayGo(Account account, GuestPath directory) {
        boolean inHomes = homes.filter(home -> directory.startsWith(home) && !directory.equals(home))
                .isPresent();
        boolean owned = context.guest()
                .stat(directory)
                .map(FileStat::owner)
                .filter(owner -> owner == account.uid())
                .isPresent();
        return !Places.isSystem(directory)
                && (inHomes || owned)
                && inhabited.stream().noneMatch(home -> home.startsWith(directory))
                && context.facts().mounts().stream()
                        .noneMatch(mount -> mount.point().startsWith(directory)
                                && !mount.point().equals(directory));
    }
}
