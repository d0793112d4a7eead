package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.Reachable;

/** Deletes the jobs that users have given to cron and at. The directories stay, as their modes and owners matter. */
public final class CronSpool implements LinuxOperation {

    private static final List<GuestPath> SPOOLS = List.of(
            GuestPath.of("/var/spool/cron"),
            GuestPath.of("/var/spool/at"),
            GuestPath.of("/var/spool/atjobs"),
            GuestPath.of("/var/spool/atspool"));

    /** The number of the last job, which at(1) expects to be there. */
    private static final String SEQUENCE = ".SEQ";

    private static final Bytes FIRST = Bytes.of("00000\n");

    @Override
    public String name() {
        return "cron-spool";
    }

    @Override
    public String description() {
        return "Deletes users' jobs for cron and at.";
    }

    @Override
    public String effect() {
        return "Deletes all files at any depth below `/var/spool/cron`, `/var/spool/at`, `/var/spool/atjobs` and "
                + "`/var/spool/atspool`; a `.SEQ` there starts again at `00000`.";
    }

    @Override
    public List<Change> plan(OperationContext context) {
        SortedMap<GuestPath, Entry> files = new TreeMap<>();
        for (GuestPath spool : SPOOLS) {
            // a spool is no link on any system; one that is may lead anywhere
            Reachable.directory(context, spool)
                    .filter(canonical -> canonical.startsWith(GuestPath.of("/var")))
                    .ifPresent(canonical -> context.guest().walk(canonical).stream()
                            .filter(entry -> !entry.stat().isDirectory())
                            .forEach(entry -> files.put(entry.path(), entry)));
        }
        return files.values().stream().flatMap(file -> change(context, file)).toList();
    }

    private static Stream<Change> change(OperationContext context, Entry file) {
        GuestPath path = file.path();
        if (!path.name().equals(SEQUENCE) || !file.stat().isRegular()) {
            return Stream.of(new Change.Delete(path));
        }
        boolean fresh = file.stat().size() == FIRST.size()
                && context.guest().read(List.of(path), FIRST.size()).containsValue(FIRST);
        return fresh ? Stream.empty() : Stream.of(Change.Write.of(path, FIRST));
    }
}
