package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/** The units of a guest that is run by systemd. */
final class Systemd {

    /** Where administrators' units live. */
    static final GuestPath LOCAL = GuestPath.of("/etc/systemd/system");

    /** Units of packages, the one that counts last; then the administrator's, see systemd.unit(5). */
    private static final List<GuestPath> UNITS = List.of(
            GuestPath.of("/lib/systemd/system"),
            GuestPath.of("/usr/lib/systemd/system"),
            GuestPath.of("/usr/local/lib/systemd/system"),
            LOCAL);

    private static final List<GuestPath> PROGRAMS =
            List.of(GuestPath.of("/usr/lib/systemd/systemd"), GuestPath.of("/lib/systemd/systemd"));

    private static final int UNIT_LIMIT = 1 << 20;

    private Systemd() {}

    static boolean isInstalled(OperationContext context) {
        return PROGRAMS.stream()
                .anyMatch(program -> Reachable.regularFile(context, program).isPresent());
    }

    /** Texts of the units whose name holds a word, by name; a masked unit, which is a link to /dev/null, has none. */
    static Map<String, String> units(OperationContext context, String word) {
        Map<String, String> texts = new TreeMap<>();
        for (GuestPath directory : UNITS) {
            for (Entry entry : entries(context, directory)) {
                if (entry.path().name().contains(word) && !entry.stat().isDirectory()) {
                    texts.put(entry.path().name(), text(context, entry));
                }
            }
        }
        return texts;
    }

    /** Names of the units that some directory {@code *.wants} or {@code *.requires} pulls in. */
    static List<String> pulledIn(OperationContext context) {
        List<String> names = new ArrayList<>();
        for (GuestPath directory : UNITS) {
            for (Entry entry : entries(context, directory)) {
                String name = entry.path().name();
                if (name.endsWith(".wants") || name.endsWith(".requires")) {
                    entries(context, entry.path())
                            .forEach(unit -> names.add(unit.path().name()));
                }
            }
        }
        return names;
    }

    private static List<Entry> entries(OperationContext context, GuestPath directory) {
        return Reachable.directory(context, directory)
                .map(context.guest()::list)
                .orElse(List.of());
    }

    private static String text(OperationContext context, Entry unit) {
        return Reachable.regularFile(context, unit.path())
                .filter(file -> file.stat().size() <= UNIT_LIMIT)
                .map(file -> context.guest()
                        .read(List.of(file.path()), UNIT_LIMIT)
                        .getOrDefault(file.path(), Bytes.EMPTY)
                        .text())
                .orElse("");
    }
}
