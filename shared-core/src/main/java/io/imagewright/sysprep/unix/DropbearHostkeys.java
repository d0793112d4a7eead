package io.imagewright.sysprep.unix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/**
 * Host keys of the small SSH servers. tinyssh's units make them where their directory is missing (an empty one counts as made), dropbear
 * makes them when it is started with {@code -R}; else it is given a unit that does.
 */
public final class DropbearHostkeys implements UnixOperation {

    private static final Removal KEYS = Removal.of("etc/dropbear/dropbear_*_host_key", "etc/tinyssh/sshkeydir")
            .scrubbed();

    /** Debian's, for unlocking disks from afar; the initramfs holds copies. */
    private static final List<Glob> INITRAMFS = List.of(
            new Glob("etc/dropbear/initramfs/dropbear_*_host_key"),
            new Glob("etc/dropbear-initramfs/dropbear_*_host_key"));

    private static final GuestPath SERVER = GuestPath.of("/usr/sbin/dropbear");
    private static final GuestPath MAKER = GuestPath.of("/usr/bin/dropbearkey");

    /** Where dropbear is started, and with what. */
    private static final List<Glob> STARTS = List.of(
            new Glob("etc/init.d/*dropbear"), new Glob("etc/default/dropbear"), new Glob("etc/conf.d/dropbear"));

    private static final Pattern MAKES = Pattern.compile("(?m)^(?![ \t]*#).*(?:dropbearkey|[ \t\"'=]-[A-Za-z]*R)");

    private static final FirstBootUnit UNIT =
            new FirstBootUnit("imagewright-dropbear-hostkeys", """
            [Unit]
            Description=Make host keys of dropbear where there are none
            Documentation=man:dropbearkey(1)
            DefaultDependencies=no
            ConditionPathExistsGlob=!/etc/dropbear/dropbear_*_host_key
            After=local-fs.target
            Before=dropbear.service dropbear.socket shutdown.target
            Conflicts=shutdown.target

            [Service]
            Type=oneshot
            ExecStart=/usr/bin/dropbearkey -t ed25519 -f /etc/dropbear/dropbear_ed25519_host_key
            ExecStart=/usr/bin/dropbearkey -t ecdsa -f /etc/dropbear/dropbear_ecdsa_host_key
            ExecStart=/usr/bin/dropbearkey -t rsa -f /etc/dropbear/dropbear_rsa_host_key

            [Install]
            WantedBy=multi-user.target
            """, "multi-user.target", List.of("dropbear.service"));

    @Override
    public String name() {
        return "dropbear-hostkeys";
    }

    @Override
    public String description() {
        return "Removes the host keys of dropbear and tinyssh; each machine makes its own at its first boot.";
    }

    @Override
    public String effect() {
        return KEYS.effect()
                + " Where dropbear is there, and neither a unit nor a start script makes keys or starts it with "
                + "`-R`: adds and enables `imagewright-dropbear-hostkeys.service` (`dropbearkey`). Keys in an initramfs stay, "
                + "and a warning names them.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        warnOfInitramfs(context);
        List<Change> removed = KEYS.plan(context);
        boolean server = Reachable.regularFile(context, SERVER).isPresent();
        if (!server || isMaker(context)) {
            return removed;
        }
        if (Reachable.regularFile(context, MAKER).isPresent() && UNIT.isWelcome(context)) {
            List<Change> changes = new ArrayList<>(removed);
            changes.addAll(UNIT.install(context));
            return changes;
        }
        if (!removed.isEmpty()) {
            context.warn(Message.of(
                    "Nothing in the guest makes host keys of dropbear at boot: it will not start on machines made from"
                            + " this image. Start it with -R, or set ",
                    SettingName.SYSPREP_DISABLE.to(name()),
                    ", and all machines will share their keys."));
        }
        return removed;
    }

    private static boolean isMaker(OperationContext context) {
        return Systemd.isInstalled(context)
                ? Systemd.units(context, "dropbear").values().stream()
                                .anyMatch(unit -> MAKES.matcher(unit).find())
                        || makes(context, STARTS.subList(1, STARTS.size()))
                : makes(context, STARTS);
    }

    private static boolean makes(OperationContext context, List<Glob> files) {
        return files.stream()
                .flatMap(glob -> glob.below(context, GuestPath.ROOT).stream())
                .map(file -> ConfigFile.read(context, file.path()))
                .flatMap(Optional::stream)
                .anyMatch(file -> MAKES.matcher(file.text()).find());
    }

    private static void warnOfInitramfs(OperationContext context) {
        INITRAMFS.stream()
                .flatMap(glob -> glob.below(context, GuestPath.ROOT).stream())
                .findFirst()
                .ifPresent(key ->
                        context.warn("The image keeps the host keys of dropbear in the initramfs, which all machines"
                                + " made from it share: " + key.path()
                                + ". Delete them there and run update-initramfs -u in the guest"
                                + " to have others."));
    }
}
