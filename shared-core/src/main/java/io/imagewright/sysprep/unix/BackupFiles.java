package io.imagewright.sysprep.unix;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/** Deletes what editors and administrators leave beside the files that they edit. */
public final class BackupFiles implements UnixOperation {

    private static final List<GuestPath> PLACES = List.of(
            GuestPath.of("/etc"),
            GuestPath.of("/root"),
            GuestPath.of("/srv"),
            GuestPath.of("/tmp"),
            GuestPath.of("/var"));

    @Override
    public String name() {
        return "backup-files";
    }

    @Override
    public String description() {
        return "Deletes the backups that editors leave (*.bak, *~) below /etc, /root, /srv, /tmp and /var.";
    }

    @Override
    public String effect() {
        return "Deletes the regular files `*.bak` and `*~` at any depth below `/etc`, `/root`, `/srv`, "
                + "`/tmp` and `/var`.";
    }

    @Override
    public List<Change> plan(OperationContext context) {
        SortedSet<GuestPath> files = new TreeSet<>();
        for (GuestPath place : PLACES) {
            Reachable.directory(context, place)
                    .filter(canonical -> Places.mayClean(context, place, canonical))
                    .ifPresent(canonical -> context.guest().walk(canonical).stream()
                            .filter(BackupFiles::isBackup)
                            .forEach(entry -> files.add(entry.path())));
        }
        return files.stream().<Change>map(Change.Delete::new).toList();
    }

    private static boolean isBackup(Entry entry) {
        String name = entry.path().name();
        return entry.stat().isRegular() && (name.endsWith(".bak") || name.endsWith("~"));
    }
}
