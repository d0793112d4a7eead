package io.imagewright.customise;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.Entry;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.inspect.GrowRootService;

/** The kinds of init that {@link GrowRoot} can have its program started by, early in the boot, when file systems are mounted. */
enum GrowRootInit {
    SYSTEMD {
        private static final String UNIT = """
                [Unit]
                Description=Grow the last partition and its file system
                DefaultDependencies=no
                After=local-fs.target systemd-repart.service systemd-growfs-root.service
                Before=systemd-journal-flush.service systemd-random-seed.service systemd-machine-id-commit.service
                Before=systemd-update-utmp.service systemd-tmpfiles-setup.service sysinit.target shutdown.target
                Before=cloud-init.service cloud-init-network.service
                Conflicts=shutdown.target

                [Service]
                Type=oneshot
                RemainAfterExit=yes
                TimeoutStartSec=10min
                ExecStart=%s

                [Install]
                WantedBy=sysinit.target
                """;

        @Override
        List<Change> install(Target target, String command) {
            GuestPath units = GuestPath.of("/etc/systemd/system");
            GuestPath unit = units.child(GrowRootService.NAME + ".service");
            GuestPath wants = units.child("sysinit.target.wants");
            // a first boot by systemd's own measure sets all units to their presets, which in Fedora is off
            GuestPath presets = GuestPath.of("/etc/systemd/system-preset");
            List<Change> changes = new ArrayList<>(target.directories(wants));
            changes.add(Change.Write.of(unit, Bytes.of(UNIT.formatted(command))));
            changes.add(new Change.SymbolicLink(wants.child(unit.name()), unit.toString()));
            changes.addAll(target.directories(presets));
            changes.add(Change.Write.of(
                    presets.child("00-" + GrowRootService.NAME + ".preset"), Bytes.of("enable " + unit.name() + "\n")));
            return changes;
        }
    },
    /** Debian's has no localmount: there, what mounts is in the runlevel before. */
    OPENRC {
        private static final String SCRIPT = """
                #!/sbin/openrc-run
                description="Grow the last partition and its file system"

                depend() {
                	use localmount
                	before sshd ssh
                }

                start() {
                	ebegin "Growing the last partition"
                	%s
                	eend $?
                }
                """;

        @Override
        List<Change> install(Target target, String command) {
            GuestPath script = INIT_D.child(GrowRootService.NAME);
            GuestPath level = GuestPath.of("/etc/runlevels/boot");
            List<Change> changes = new ArrayList<>(target.directories(INIT_D));
            changes.add(executable(script, SCRIPT.formatted(command)));
            changes.addAll(target.directories(level));
            changes.add(new Change.SymbolicLink(level.child(script.name()), script.toString()));
            return changes;
        }
    },
    /** System V's scripts: Debian has the directories of runlevels in /etc, Red Hat in /etc/rc.d. */
    SYSTEM_V {
        private static final String SCRIPT = """
                #!/bin/sh
                # chkconfig: 2345 01 99
                # description: grows the last partition and its file system
                ### BEGIN INIT INFO
                # Provides:          imagewright-grow-root
                # Required-Start:    $local_fs
                # Required-Stop:
                # Default-Start:     2 3 4 5
                # Default-Stop:
                # Short-Description: Grow the last partition and its file system
                ### END INIT INFO
                case "$1" in
                  start) %s ;;
                esac
                """;

        @Override
        List<Change> install(Target target, String command) {
            GuestPath script = INIT_D.child(GrowRootService.NAME);
            List<Change> changes = new ArrayList<>(target.directories(INIT_D));
            changes.add(executable(script, SCRIPT.formatted(command)));
            levels(target)
                    .forEach(level -> changes.add(
                            new Change.SymbolicLink(level.child("S01" + script.name()), script.toString())));
            // where Debian's startpar runs the scripts, it starts those that insserv listed when the last one was added
            GuestPath list = INIT_D.child(".depend.start");
            target.text(list)
                    .filter(text -> !LISTED.matcher(text).find())
                    .ifPresent(text -> changes.addAll(target.rewrite(
                            list, TARGETS.matcher(text).replaceFirst("TARGETS = " + script.name() + " "))));
            return changes;
        }
    };

    private static final GuestPath INIT_D = GuestPath.of("/etc/init.d");

    private static final Pattern TARGETS = Pattern.compile("(?m)^TARGETS = *");

    private static final Pattern LISTED = Pattern.compile("(?m)^TARGETS =.* " + GrowRootService.NAME + "(?: |$)");

    private static final List<GuestPath> OPENRC_PROGRAMS = List.of(
            GuestPath.of("/sbin/openrc-run"),
            GuestPath.of("/usr/sbin/openrc-run"),
            GuestPath.of("/usr/bin/openrc-run"));

    /** The one that runs this guest. */
    static GrowRootInit of(Target target) {
        if (Firstboot.SYSTEMD.stream().anyMatch(target::isFile)) {
            return SYSTEMD;
        }
        if (OPENRC_PROGRAMS.stream().anyMatch(target::isFile)) {
            return OPENRC;
        }
        if (levels(target).findAny().isPresent()) {
            return SYSTEM_V;
        }
        throw Target.refused(
                "the guest is run by neither systemd nor OpenRC nor System V's scripts",
                "Start a script of your own by its init, brought with write or upload.");
    }

    /** Has a command started at boot. */
    abstract List<Change> install(Target target, String command);

    private static Change executable(GuestPath file, String text) {
        return new Change.Write(file, Bytes.of(text), 0755, 0, 0);
    }

    /** The directories of the runlevels of a usual boot. */
    private static Stream<GuestPath> levels(Target target) {
        return Stream.of("/etc/rc2.d", "/etc/rc3.d", "/etc/rc4.d", "/etc/rc5.d")
                .flatMap(level -> Stream.of(level, level.replace("/etc/", "/etc/rc.d/")))
                .map(GuestPath::of)
                .filter(level -> target.find(level)
                        .map(Entry::stat)
                        .filter(FileStat::isDirectory)
                        .isPresent());
    }
}
