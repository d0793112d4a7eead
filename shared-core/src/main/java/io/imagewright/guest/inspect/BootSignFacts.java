package io.imagewright.guest.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.GuestFiles;

/**
 * How a machine made from the guest shows that it is up, for whoever starts one: {@link Facts#bootSigns()}. Of serial consoles only the first port
 * counts, which every hypervisor has where it has any.
 */
final class BootSignFacts implements FactFinder {

    static final String AGENT = "agent:qemu";

    /** What boot loaders of Linux read, see {@code sysprep.linux}; of a name with a star every file in that directory. */
    private static final List<String> COMMAND_LINES = List.of(
            "/boot/grub/grub.cfg",
            "/boot/grub2/grub.cfg",
            "/boot/grub/grubenv",
            "/boot/grub2/grubenv",
            "/boot/grub/menu.lst",
            "/boot/grub/grub.conf",
            "/boot/loader/entries/*",
            "/efi/loader/entries/*",
            "/boot/efi/loader/entries/*",
            "/boot/extlinux/extlinux.conf",
            "/boot/syslinux/syslinux.cfg",
            "/boot/extlinux.conf",
            "/boot/syslinux.cfg",
            "/extlinux.conf",
            "/syslinux.cfg",
            "/etc/kernel/cmdline");

    private static final int MAX_ENTRIES = 256;

    private static final Pattern SERIAL_PARAMETER = Pattern.compile("(?dm)^[^#\\n]*[\\s\"']console=ttyS0(?![0-9])");

    /** Of inittab(5), where no systemd is; also {@code ttyS0} as BusyBox has it. */
    private static final Pattern SERIAL_INITTAB = Pattern.compile("(?dm)^(?>[^#\\n]*?\\bgetty\\b)[^\\n]*\\bttyS0\\b");

    /** Of ttys(5) of the BSDs. */
    private static final Pattern SERIAL_TTYS = Pattern.compile("(?dm)^(?:ttyu0|tty00)\\s[^#\\n]*\\son(?:\\s|$)");

    private static final List<String> SYSTEMD = List.of("/usr/lib/systemd/systemd", "/lib/systemd/systemd");
    private static final List<String> UNITS =
            List.of("/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system");

    private static final Pattern POWER_KEY_IGNORED =
            Pattern.compile("(?dm)^[ \\t]*HandlePowerKey[ \\t]*=[ \\t]*ignore\\b");

    @Override
    public void find(Clues clues, Findings findings) {
        List<String> signs = new ArrayList<>(ports(findings));
        GuestFiles files = clues.files();
        if (hasSerialLogin(clues)) {
            signs.add("serial:login");
        }
        if (startsAgent(clues)) {
            signs.add(AGENT);
        }
        if (clues.identity().isBsd() ? !clues.identity().family().equals("netbsd") : heedsPowerButton(clues, files)) {
            signs.add("power:button");
        }
        findings.bootSigns(String.join(" ", signs));
    }

    /** The port by which {@link RemoteFacts} or {@link RemoteDesktopFacts} say that the guest is reached; none where it is not. */
    static List<String> ports(Findings findings) {
        return Stream.of(findings.found("REMOTE_CONNECTION").split("[ ,]"))
                .filter(word -> word.matches("(?:ssh|rdp):port=\\d+"))
                .limit(1)
                .map(word -> "port:" + word.replaceFirst(".*=", ""))
                .toList();
    }

    private static boolean hasSerialLogin(Clues clues) {
        GuestFiles files = clues.files();
        if (clues.identity().isBsd()) {
            return has(files, "/etc/ttys", SERIAL_TTYS);
        }
        if (isAny(files, SYSTEMD)) {
            boolean isMasked = files.leadsTo("/etc/systemd/system/serial-getty@ttyS0.service", "/dev/null");
            // systemd-getty-generator(8) starts one on each console of the kernel
            return !isMasked
                    && (isAny(files, wanted("getty.target.wants/serial-getty@ttyS0.service"))
                            || commandLines(files).anyMatch(SERIAL_PARAMETER.asPredicate()));
        }
        return has(files, "/etc/inittab", SERIAL_INITTAB) || files.exists("/etc/init/ttyS0.conf");
    }

    private static Stream<String> commandLines(GuestFiles files) {
        return COMMAND_LINES.stream()
                .flatMap(path -> path.endsWith("/*")
                        ? files.list(path.substring(0, path.length() - 2)).stream()
                                .filter(entry -> entry.path().name().endsWith(".conf"))
                                .limit(MAX_ENTRIES)
                                .flatMap(entry -> files.read(entry).stream())
                        : files.read(path).stream())
                .map(Bytes::text);
    }

    /** A rule of udev starts it where there is a port for it, which no list of enabled units shows. */
    private static boolean startsAgent(Clues clues) {
        GuestFiles files = clues.files();
        boolean isInstalled = isAny(files, List.of("/usr/bin/qemu-ga", "/usr/sbin/qemu-ga", "/usr/local/bin/qemu-ga"));
        String unit = "qemu-guest-agent.service";
        boolean hasUnit = isAny(files, wanted(unit));
        boolean isMasked = files.leadsTo("/etc/systemd/system/" + unit, "/dev/null");
        return isInstalled && !isMasked && (hasUnit || clues.services().start("qemu-ga"));
    }

    /** systemd-logind(8), which needs D-Bus, or acpid(8). */
    private static boolean heedsPowerButton(Clues clues, GuestFiles files) {
        boolean hasLogind = isAny(files, List.of("/usr/lib/systemd/systemd-logind", "/lib/systemd/systemd-logind"))
                && isAny(files, List.of("/usr/bin/dbus-daemon", "/usr/bin/dbus-broker-launch"))
                && !has(files, "/etc/systemd/logind.conf", POWER_KEY_IGNORED);
        return hasLogind || clues.services().start("acpid");
    }

    private static List<String> wanted(String name) {
        return UNITS.stream().map(directory -> directory + "/" + name).toList();
    }

    private static boolean isAny(GuestFiles files, List<String> paths) {
        return paths.stream().anyMatch(files::exists);
    }

    private static boolean has(GuestFiles files, String path, Pattern pattern) {
        return files.read(path)
                .filter(content -> pattern.matcher(content.text()).find())
                .isPresent();
    }
}
