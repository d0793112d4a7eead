package io.imagewright.sysprep.unix;

import java.util.List;
import java.util.Set;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/** Empties the directories for temporary files; the directories stay, as their mode matters. */
public final class CleanupTmp implements UnixOperation {

    private static final List<GuestPath> DIRECTORIES = List.of(GuestPath.of("/tmp"), GuestPath.of("/var/tmp"));

    @Override
    public String name() {
        return "cleanup-tmp";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("tmp-files");
    }

    @Override
    public String description() {
        return "Removes everything in /tmp and /var/tmp, hidden files included; the directories stay.";
    }

    @Override
    public String effect() {
        return "Deletes everything in `/tmp` and `/var/tmp`, hidden files included; the directories stay.";
    }

    @Override
    public List<Change> plan(OperationContext context) {
        return Places.empty(context, DIRECTORIES);
    }
}
