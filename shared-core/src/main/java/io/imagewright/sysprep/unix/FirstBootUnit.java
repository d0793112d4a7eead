package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/**
 * A unit of systemd that makes, at boot, what a machine must have of its own and does not have yet. It cannot ask for the first boot
 * (ConditionFirstBoot): the emptied /etc/machine-id does not count as one, see machine-id(5).
 *
 * @param name without {@code .service}
 * @param text its file
 * @param target the target that starts it
 * @param services those among the guest's that start it, too, should they be started by hand
 */
record FirstBootUnit(String name, String text, String target, List<String> services) {

    /** Copies the list. */
    FirstBootUnit {
        services = List.copyOf(services);
    }

    private String file() {
        return name + ".service";
    }

    /** False where the guest has no systemd, has masked the unit, or keeps something else in its place. */
    boolean isWelcome(OperationContext context) {
        return Systemd.isInstalled(context)
                && Reachable.entry(context, Systemd.LOCAL.child(file()))
                        .filter(there -> !there.stat().isRegular())
                        .isEmpty();
    }

    /** Whether an earlier build has put it there. */
    boolean isInstalled(OperationContext context) {
        return Reachable.entry(context, Systemd.LOCAL.child(file()))
                .filter(there -> there.stat().isRegular())
                .isPresent();
    }

    /** Writes and enables it. A first boot by systemd's own measure sets all units to their presets, which in some systems is off. */
    List<Change> install(OperationContext context) {
        List<Change> changes = new ArrayList<>();
        makeDirectories(context, changes, Systemd.LOCAL);
        changes.add(Change.Write.of(Systemd.LOCAL.child(file()), Bytes.of(text)));
        GuestPath presets = GuestPath.of("/etc/systemd/system-preset");
        makeDirectories(context, changes, presets);
        changes.add(Change.Write.of(presets.child("00-" + name + ".preset"), Bytes.of("enable " + file() + "\n")));
        enable(context, changes, target);
        for (String service : services) {
            Map<String, String> units = Systemd.units(context, service);
            if (!units.getOrDefault(service, "").isEmpty()) {
                enable(context, changes, service);
            }
        }
        return changes;
    }

    private void enable(OperationContext context, List<Change> changes, String puller) {
        GuestPath wants = Systemd.LOCAL.child(puller + ".wants");
        makeDirectories(context, changes, wants);
        changes.add(new Change.SymbolicLink(
                wants.child(file()), Systemd.LOCAL.child(file()).toString()));
    }

    private static void makeDirectories(OperationContext context, List<Change> changes, GuestPath directory) {
        if (Reachable.directory(context, directory).isEmpty()) {
            directory.parent().ifPresent(parent -> makeDirectories(context, changes, parent));
            Change make = new Change.MakeDirectory(directory, 0755, 0, 0);
            if (!changes.contains(make)) {
                changes.add(make);
            }
        }
    }
}
