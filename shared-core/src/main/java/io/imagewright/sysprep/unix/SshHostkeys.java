package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/**
 * Removes the host keys of OpenSSH, which all machines made from the image would share. Without keys sshd does not start, so a guest that
 * does not make them by itself is given a unit that does.
 */
public final class SshHostkeys implements UnixOperation {

    private static final GuestPath SSH = GuestPath.of("/etc/ssh");
    private static final Glob KEYS = new Glob("*_host_*");
    private static final GuestPath SSHD = GuestPath.of("/usr/sbin/sshd");
    private static final GuestPath KEYGEN = GuestPath.of("/usr/bin/ssh-keygen");

    /** Has no default dependencies, since it comes before ssh.socket, and that before everything that has them. */
    private static final FirstBootUnit UNIT = new FirstBootUnit(
            "imagewright-ssh-hostkeys", """
            [Unit]
            Description=Make SSH host keys where there are none
            Documentation=man:ssh-keygen(1)
            DefaultDependencies=no
            ConditionPathExistsGlob=!/etc/ssh/ssh_host_*_key
            After=local-fs.target cloud-init.service cloud-init-network.service
            Before=ssh.service sshd.service ssh.socket sshd.socket shutdown.target
            Conflicts=shutdown.target

            [Service]
            Type=oneshot
            ExecStart=/usr/bin/ssh-keygen -A

            [Install]
            WantedBy=multi-user.target
            """, "multi-user.target", List.of("ssh.service", "sshd.service"));

    @Override
    public String name() {
        return "ssh-hostkeys";
    }

    @Override
    public String description() {
        return "Removes the SSH host keys, and sees to it that each machine makes its own at its first boot.";
    }

    @Override
    public String effect() {
        return "Overwrites and deletes `/etc/ssh/*_host_*`, ed25519 and certificates of hosts among them, and what such "
                + "links lead to. Where sshd is there, and no unit or start script makes keys: adds and enables "
                + "`imagewright-ssh-hostkeys.service` (`ssh-keygen -A`), which comes after cloud-init, as that makes keys only on "
                + "a machine that gives it data.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<Change> changes = new ArrayList<>(removals(context));
        if (Reachable.regularFile(context, SSHD).isEmpty() || HostKeyMakers.isThereOne(context)) {
            return changes;
        }
        boolean canMake = Reachable.regularFile(context, KEYGEN).isPresent();
        if (canMake && UNIT.isWelcome(context)) {
            changes.addAll(UNIT.install(context));
        } else if (!CloudInit.isEnabled(context)) {
            context.warn(Message.of(
                    "Nothing in the guest makes SSH host keys at boot"
                            + (canMake ? "" : ", and it has no /usr/bin/ssh-keygen")
                            + ": sshd will not start on machines made from this image. Add a start script that runs `ssh-keygen -A',"
                            + " or set ",
                    SettingName.SYSPREP_DISABLE.to(name()),
                    ", and all machines will share their keys."));
        }
        return changes;
    }

    private static List<Change> removals(OperationContext context) {
        TreeMap<GuestPath, Entry> secret = new TreeMap<>();
        List<Change> plain = new ArrayList<>();
        for (Entry entry : KEYS.below(context, SSH)) {
            boolean isPublic = entry.path().name().endsWith(".pub");
            if (entry.stat().isRegular() && !isPublic) {
                secret.put(entry.path(), entry);
            } else if (!entry.stat().isDirectory()) {
                plain.add(new Change.Delete(entry.path()));
            }
            if (entry.stat().isSymlink()) {
                target(context, entry, isPublic).ifPresent(key -> secret.put(key.path(), key));
            }
        }
        List<Change> changes = new ArrayList<>(plain);
        changes.addAll(SecretFiles.remove(context, secret.values()));
        return changes;
    }

    /** The key behind a link: its place is the guest's choice, its name shows whether it is one. */
    private static Optional<Entry> target(OperationContext context, Entry link, boolean isPublic) {
        Optional<Entry> key = Reachable.regularFile(context, link.path());
        boolean named =
                key.filter(file -> file.path().name().contains("_host_")).isPresent();
        if (key.isPresent() && !named && !isPublic) {
            context.warn(
                    link.path() + " was a link to " + key.get().path() + "; the link is removed, the file is left.");
        }
        return named ? key : Optional.empty();
    }
}
