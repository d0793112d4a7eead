package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/**
 * The unit that makes SSH host keys where there are none. It cannot ask for the first boot (ConditionFirstBoot): the emptied
 * /etc/machine-id does not count as one, see machine-id(5). It has no default dependencies, since it comes before ssh.socket, and that
 * before everything that has them.
 */
final class HostKeyUnit {

    private static final String NAME = "imagewright-ssh-hostkeys.service";

    private static final String TEXT = """
            [Unit]
            Description=Make SSH host keys where there are none
            Documentation=man:ssh-keygen(1)
            DefaultDependencies=no
            ConditionPathExistsGlob=!/etc/ssh/ssh_host_*_key
            After=local-fs.target
            Before=ssh.service sshd.service ssh.socket sshd.socket shutdown.target
            Conflicts=shutdown.target

            [Service]
            Type=oneshot
            ExecStart=/usr/bin/ssh-keygen -A

            [Install]
            WantedBy=multi-user.target
            """;

    /** A first boot by systemd's own measure sets all units to their presets, which in some systems is off. */
    private static final GuestPath PRESET =
            GuestPath.of("/etc/systemd/system-preset/00-imagewright-ssh-hostkeys.preset");

    private HostKeyUnit() {}

    /** False where the guest has masked it, or keeps something else in its place. */
    static boolean isWelcome(OperationContext context) {
        return Reachable.entry(context, Systemd.LOCAL.child(NAME))
                .filter(there -> !there.stat().isRegular())
                .isEmpty();
    }

    /** Writes and enables it: at boot, and with sshd, should that be started by hand. */
    static List<Change> install(OperationContext context) {
        List<Change> changes = new ArrayList<>();
        GuestPath unit = Systemd.LOCAL.child(NAME);
        makeDirectories(context, changes, Systemd.LOCAL);
        changes.add(Change.Write.of(unit, Bytes.of(TEXT)));
        PRESET.parent().ifPresent(directory -> makeDirectories(context, changes, directory));
        changes.add(Change.Write.of(PRESET, Bytes.of("enable " + NAME + "\n")));
        enable(context, changes, "multi-user.target");
        Map<String, String> units = Systemd.units(context, "ssh");
        for (String server : List.of("ssh.service", "sshd.service")) {
            if (!units.getOrDefault(server, "").isEmpty()) {
                enable(context, changes, server);
            }
        }
        return changes;
    }

    private static void enable(OperationContext context, List<Change> changes, String puller) {
        GuestPath wants = Systemd.LOCAL.child(puller + ".wants");
        makeDirectories(context, changes, wants);
        changes.add(new Change.SymbolicLink(
                wants.child(NAME), Systemd.LOCAL.child(NAME).toString()));
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
