package io.imagewright.sysprep.unix;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.imagewright.guest.Change;
import io.imagewright.guest.Facts;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.OperationContext;

/** Empties the directories for temporary files; the directories stay, as their mode matters. */
public final class CleanupTmp implements Operation {

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
    public Phase phase() {
        return Phase.CLEAN;
    }

    @Override
    public boolean appliesTo(Facts facts) {
        return UnixFamily.includes(facts);
    }

    @Override
    public List<Change> plan(OperationContext context) {
        Set<GuestPath> entries = new TreeSet<>(); // one directory may be a link to the other
        for (GuestPath directory : DIRECTORIES) {
            Places.toClean(context, directory)
                    .ifPresent(place -> context.guest().list(place).forEach(entry -> entries.add(entry.path())));
        }
        return entries.stream().<Change>map(Change.DeleteTree::new).toList();
    }
}
