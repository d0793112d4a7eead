package io.imagewright.customise;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;

/**
 * {@code firstboot}: a script that systemd runs once, as root, at the first boot, after those of earlier actions. A mark is left before the
 * script begins: one that fails, or that a power cut ends, does not run again. A script that ends well is removed. Of a Windows it is a
 * batch file, see {@link io.imagewright.guest.inspect.WindowsFirstBoot}.
 */
record Firstboot(String name, HostText script) implements Action {

    /** Under a name that SELinux policies let services run: everything below /usr/libexec is bin_t. */
    private static final GuestPath SCRIPTS = GuestPath.of("/usr/libexec/imagewright-firstboot");

    private static final GuestPath DONE = GuestPath.of("/var/lib/imagewright-firstboot");
    private static final GuestPath UNITS = GuestPath.of("/etc/systemd/system");
    private static final GuestPath PRESET = GuestPath.of("/etc/systemd/system-preset/00-imagewright-firstboot.preset");
    private static final String PREFIX = "imagewright-firstboot-";

    /** What runs a guest that systemd runs. */
    static final List<GuestPath> SYSTEMD =
            List.of(GuestPath.of("/usr/lib/systemd/systemd"), GuestPath.of("/lib/systemd/systemd"));

    private static final String UNIT = """
            [Unit]
            Description=First boot: %1$s
            ConditionPathExists=!%3$s
            Wants=network-online.target
            After=local-fs.target network-online.target%4$s

            [Service]
            Type=oneshot
            RemainAfterExit=yes
            ExecStartPre=/bin/touch %3$s
            ExecStart=%2$s
            ExecStartPost=-/bin/rm -f %2$s

            [Install]
            WantedBy=multi-user.target
            """;

    @Override
    public List<HostFile> hostFiles() {
        return script.files();
    }

    @Override
    public List<Change> plan(Target target) {
        if (target.facts().isWindows()) {
            return WindowsFirstboot.plan(target, name, script.read());
        }
        if (SYSTEMD.stream().noneMatch(target::isFile)) {
            throw Target.refused(
                    "the guest is not run by systemd", "Write a start script of its own init system with write.");
        }
        Bytes content = content();
        int number = last(target) + 1;
        String unit = PREFIX + String.format("%02d-%s.service", number, name);
        GuestPath file = SCRIPTS.child(String.format("%02d-%s", number, name));
        // in the order of their numbers; who is not there is not waited for
        StringBuilder after = new StringBuilder();
        units(target).forEach(earlier -> after.append(' ').append(earlier));

        List<Change> changes = new ArrayList<>(target.directories(SCRIPTS));
        changes.addAll(target.directories(DONE));
        changes.add(new Change.Write(file, content, 0700, 0, 0));
        changes.addAll(target.parents(UNITS.child(unit)));
        changes.add(Change.Write.of(
                UNITS.child(unit), Bytes.of(UNIT.formatted(name, file, DONE.child(file.name()), after))));
        GuestPath wants = UNITS.child("multi-user.target.wants");
        if (target.find(wants).isEmpty()) {
            changes.add(new Change.MakeDirectory(wants, 0755, 0, 0));
        }
        changes.add(new Change.SymbolicLink(wants.child(unit), UNITS.child(unit).toString()));
        // a first boot by systemd's own measure sets all units to their presets, which in Fedora is off
        changes.addAll(target.parents(PRESET));
        changes.addAll(target.rewrite(PRESET, "enable " + PREFIX + "*.service\n"));
        return changes;
    }

    private Bytes content() {
        Bytes content = script.read();
        String text = content.text();
        boolean program = text.startsWith("\177ELF");
        if (!program && !text.startsWith("#!")) {
            throw Target.refused("the script does not begin with #!", "Let its first line be #!/bin/sh.");
        }
        if (!program && text.indexOf("\r\n") >= 0) {
            throw Target.refused("the script has line ends of Windows", "Save it with line ends of Unix.");
        }
        return program || text.endsWith("\n") ? content : Bytes.ofText(text + "\n");
    }

    /** The highest number that a unit has, 0 for none. */
    private static int last(Target target) {
        OptionalInt last = units(target).stream()
                .flatMapToInt(unit -> {
                    String digits = unit.substring(PREFIX.length()).replaceFirst("-.*", "");
                    return digits.matches("\\d{1,4}") ? IntStream.of(Integer.parseInt(digits)) : IntStream.empty();
                })
                .max();
        return last.orElse(0);
    }

    private static List<String> units(Target target) {
        return target.guest().list(UNITS).stream()
                .map(entry -> entry.path().name())
                .filter(unit -> unit.matches(PREFIX + "[0-9]{2,4}-[a-z0-9-]{1,40}\\.service"))
                .toList();
    }
}
