package io.imagewright.sysprep.unix;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/** Whether a guest makes missing SSH host keys by itself when it boots. */
final class HostKeyMakers {

    /** Start scripts where there is no systemd: Alpine and Gentoo; BSD; Slackware. Debian's makes no keys. */
    private static final List<GuestPath> SCRIPTS = List.of(
            GuestPath.of("/etc/init.d/sshd"),
            GuestPath.of("/etc/init.d/ssh"),
            GuestPath.of("/etc/rc.d/sshd"),
            GuestPath.of("/etc/rc.d/rc.sshd"),
            GuestPath.of("/etc/rc"));

    /** ssh-keygen itself (Arch, Debian 13), Fedora's and RHEL's sshd-keygen, openSUSE's sshd-gen-keys-start. */
    private static final Pattern EXEC =
            Pattern.compile("(?m)^[ \t]*Exec(?:Start|StartPre)[ \t]*=.*(?:sshd?-keygen|sshd-gen-keys)");

    /** Runs only where /etc/machine-id is missing or {@code uninitialized}, not where it is empty, see machine-id(5). */
    private static final Pattern FIRST_BOOT =
            Pattern.compile("(?m)^[ \t]*ConditionFirstBoot[ \t]*=[ \t]*(?:1|yes|true|on)");

    private static final Pattern PULLS = Pattern.compile("(?m)^[ \t]*(?:Wants|Requires|BindsTo|Upholds)[ \t]*=.*$");

    private HostKeyMakers() {}

    /**
     * Whether keys are made on every machine. cloud-init makes none on one that gives it no data, as its generator then switches it off: where
     * systemd runs the guest, it is not enough.
     */
    static boolean isThereOne(OperationContext context) {
        return Systemd.isInstalled(context) ? unit(context) : CloudInit.isEnabled(context) || script(context);
    }

    private static boolean script(OperationContext context) {
        return SCRIPTS.stream()
                .anyMatch(script -> ConfigFile.read(context, script)
                        .filter(file -> file.text()
                                .lines()
                                .anyMatch(line -> line.contains("ssh-keygen")
                                        && !line.strip().startsWith("#")))
                        .isPresent());
    }

    private static boolean unit(OperationContext context) {
        Map<String, String> units = Systemd.units(context, "ssh");
        List<String> pulledIn = Systemd.pulledIn(context);
        return units.entrySet().stream()
                .filter(unit -> unit.getKey().endsWith(".service")
                        && EXEC.matcher(unit.getValue()).find()
                        && !FIRST_BOOT.matcher(unit.getValue()).find())
                .map(Map.Entry::getKey)
                .anyMatch(name -> isSshd(name)
                        || pulledIn.stream().anyMatch(pulled -> pulled.startsWith(stem(name)))
                        || units.values().stream().anyMatch(text -> pulls(text, stem(name))));
    }

    private static boolean isSshd(String unit) {
        return unit.equals("ssh.service") || unit.equals("sshd.service");
    }

    private static boolean pulls(String text, String stem) {
        return PULLS.matcher(text).results().anyMatch(line -> line.group().contains(stem));
    }

    /** The name without instance and type: {@code sshd-keygen@.service} is pulled in as {@code sshd-keygen@rsa.service}. */
    private static String stem(String unit) {
        int end = unit.indexOf('@');
        return unit.substring(0, end >= 0 ? end + 1 : Math.max(unit.lastIndexOf('.'), 0));
    }
}
