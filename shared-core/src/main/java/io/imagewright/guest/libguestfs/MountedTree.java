package io.imagewright.guest.libguestfs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import io.imagewright.error.ImageException;
import io.imagewright.exec.ExitStatus;
import io.imagewright.exec.OutputLines;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestPrograms;

/** A guest's file systems as one tree of the appliance, in which programs run. */
final class MountedTree implements GuestPrograms {

    /** Seconds that a program of the guest may take; without KVM all takes long. */
    private static final int LIMIT = 900;

    /** Exit code of timeout(1). */
    private static final int TIMED_OUT = 124;

    /** Where libguestfs looks for what it mounts on this machine. */
    private static final String TREE = "/sysroot";

    /** Directories that programs write rubbish to, and the one they find devices in: all are gone when they end. */
    private static final List<String> PASSING = List.of("/dev", "/run", "/tmp", "/var/tmp");

    private final Appliance appliance;
    private final MountedVolumes volumes;
    private final Runnable changed;

    /** @param changed called when the files must be listed again */
    MountedTree(Appliance appliance, MountedVolumes volumes, Runnable changed) {
        this.appliance = appliance;
        this.volumes = volumes;
        this.changed = changed;
    }

    @Override
    public void run(List<String> command, OutputLines output) {
        BashScript inside = new BashScript()
                .line("set -eu")
                .line("mount --make-rprivate /")
                .append(assembled())
                // a directory of the guest may be a link to anywhere
                .line("passing() { [ -d " + TREE + "$1 ] && [ ! -L " + TREE
                        + "$1 ] || return 0; mount -t tmpfs -o mode=$2 passing " + TREE + "$1; }");
        PASSING.forEach(
                directory -> inside.line("passing " + directory + (directory.endsWith("tmp") ? " 1777" : " 755")));
        // extlinux writes to the device of its file system
        inside.line("if [ -d " + TREE + "/dev ] && [ ! -L " + TREE + "/dev ]; then")
                .line("  cp -a /dev/null /dev/zero /dev/full /dev/random /dev/urandom /dev/mapper " + TREE + "/dev/")
                .line("  for node in /dev/*; do if [ -b $node ]; then cp -a $node " + TREE + "/dev/; fi; done")
                .line("fi")
                .line("if [ -d " + TREE + "/proc ] && [ ! -L " + TREE + "/proc ]; then mount -t proc proc " + TREE
                        + "/proc; fi")
                .line("exec timeout -k 5 " + LIMIT
                        + " env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C chroot " + TREE + " "
                        + command.stream().map(BashScript::word).collect(Collectors.joining(" ")));
        byte[] program = inside.toString().getBytes(StandardCharsets.US_ASCII);
        BashScript script = new BashScript()
                .line(BashScript.incoming(appliance.put(program), program.length) + " of=/tmp/program")
                .line("unshare --mount --pid --ipc --net --fork --kill-child bash /tmp/program < /dev/null");
        try {
            int exitCode = appliance.stream(script, output);
            if (exitCode != 0) {
                throw failed(
                        command,
                        exitCode == TIMED_OUT
                                ? "it did not end within " + LIMIT + " seconds"
                                : ExitStatus.describe(exitCode),
                        output);
            }
        } catch (GuestfsFailure failure) {
            throw failed(command, String.valueOf(failure.getMessage()), output);
        } finally {
            changed.run();
        }
    }

    private static ImageException failed(List<String> command, String reason, OutputLines output) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot run " + command.get(0) + " in the guest",
                reason + (output.last().isEmpty() ? "" : "; its last output: " + String.join(" / ", output.last())),
                "Try it in the guest.");
    }

    @Override
    public void whileMounted(Path directory, Runnable work) {
        try {
            appliance.run(assembled());
            appliance.whileMounted(directory, work);
        } catch (GuestfsFailure failure) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot mount the guest on " + directory,
                    String.valueOf(failure.getMessage()),
                    "Look whether this user may use /dev/fuse, and whether the package fuse3 (or fuse) is installed.",
                    failure);
        } finally {
            changed.run();
            appliance.run(new BashScript()
                    .line("sync; umount -R " + TREE + " 2> /dev/null || umount -R -l " + TREE + " 2> /dev/null || :"));
        }
    }

    /** Mount points are canonical paths: no link leads them elsewhere. */
    private BashScript assembled() {
        BashScript script = new BashScript();
        volumes.numbers().entrySet().stream()
                .sorted(Comparator.comparingInt(mount -> mount.getKey().depth()))
                .forEach(mount -> {
                    GuestPath point = mount.getKey();
                    String word = MountedVolumes.word(TREE, point, 0);
                    script.line("if [ -d " + word + " ]; then")
                            .line("  mount --bind " + VolumeMounts.directory(mount.getValue()) + " " + word)
                            .line("  mount -o remount,bind,exec,suid,dev " + word)
                            .line("fi");
                });
        return script;
    }
}
