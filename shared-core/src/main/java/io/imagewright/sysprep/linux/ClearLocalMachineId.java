package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Reachable;

/**
 * Empties the machine's id, so that each machine makes its own. By machine-id(5) an empty file is what an image should have: a missing
 * one cannot be made on a root that is still read-only, and a missing one as well as {@code uninitialized} stand for a first boot, at
 * which systemd resets all units to their presets and undoes what the image has enabled and disabled. An image that is {@code
 * uninitialized} already wants just that and keeps it. What else would give machines the same id goes with it: {@code
 * systemd.machine_id=} of the kernel's command lines, and the id that kernel-install(8) once kept in /etc/machine-info.
 *
 * <p>Names stay: of loader entries and their directories, which are called after the id, and /etc/kernel/entry-token, which keeps new kernels
 * beside them. They are how the image boots, and no program takes them for the machine's id.
 */
public final class ClearLocalMachineId implements LinuxOperation {

    private static final GuestPath SYSTEMD = GuestPath.of("/etc/machine-id");
    private static final GuestPath DBUS = GuestPath.of("/var/lib/dbus/machine-id");
    private static final GuestPath INFO = GuestPath.of("/etc/machine-info");
    private static final Pattern INFO_LINE = Pattern.compile("[ \t]*KERNEL_INSTALL_MACHINE_ID=.*", Pattern.DOTALL);

    @Override
    public String name() {
        return "clear-local-machine-id-configuration-file";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("machine-id");
    }

    @Override
    public String description() {
        return "Empties the machine's id, so that each machine made from the image gets its own.";
    }

    @Override
    public String effect() {
        return "Empties `/etc/machine-id` and `/var/lib/dbus/machine-id` where they are regular files, "
                + "unless they are `uninitialized`. Removes `systemd.machine_id=` from the command lines of all boot loaders "
                + "([where](#command-lines)), but not `systemd.machine_id=firmware`, and the line `KERNEL_INSTALL_MACHINE_ID=` from "
                + "`/etc/machine-info`. Warns of a FAT partition, or a unified kernel image, that holds one. Loader entries that are "
                + "called after the id, and `/etc/kernel/entry-token`, stay.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<Change> changes = new ArrayList<>();
        for (GuestPath path : List.of(SYSTEMD, DBUS)) {
            // where one of the two is a link, it leads to the other
            Reachable.entry(context, path)
                    .filter(file -> file.stat().isRegular())
                    .filter(file -> file.stat().size() > 0 && !isUninitialized(context, file))
                    .ifPresent(file -> changes.add(new Change.Truncate(file.path(), 0)));
        }
        changes.addAll(MachineIdParameter.remove(context));
        ConfigFile.read(context, INFO)
                .flatMap(file -> file.with(file.withoutLines(INFO_LINE.asMatchPredicate())))
                .ifPresent(changes::add);
        return changes;
    }

    private static boolean isUninitialized(OperationContext context, Entry file) {
        return file.stat().size() < 32
                && ConfigFile.read(context, file.path())
                        .filter(content -> content.text().strip().equals("uninitialized"))
                        .isPresent();
    }
}
