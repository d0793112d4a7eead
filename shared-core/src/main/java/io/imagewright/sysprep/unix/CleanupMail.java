package io.imagewright.sysprep.unix;

import java.util.List;
import java.util.Set;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/** Empties the directories where mail lies until it is read; one of them is often a link to the other. */
public final class CleanupMail implements UnixOperation {

    private static final List<GuestPath> DIRECTORIES =
            List.of(GuestPath.of("/var/spool/mail"), GuestPath.of("/var/mail"));

    @Override
    public String name() {
        return "cleanup-mail";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("mail-spool");
    }

    @Override
    public String description() {
        return "Removes everything in /var/spool/mail and /var/mail.";
    }

    @Override
    public String effect() {
        return "Deletes everything in `/var/spool/mail` and `/var/mail`; the directories stay.";
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        return Places.empty(context, DIRECTORIES);
    }
}
