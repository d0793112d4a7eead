package io.imagewright;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.imagewright.api.ImageBuildResult;
import io.imagewright.exec.ExecResult;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Action;

import static org.junit.Assert.assertEquals;

/**
 * Builds images of a Debian disk that a key opens and that note their first boot, and starts machines of them.
 *
 * @param disk the original
 * @param directory for images, the key and the console
 */
record DebianMachine(Path disk, Path directory) {

    /** Bytes before its root file system. */
    static final long ROOT_OFFSET = 2048 * 512;

    private Path key() {
        Path key = directory.resolve("key");
        if (!Files.exists(key)) {
            GuestDisk.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        }
        return key;
    }

    /** Outputs by their formats. */
    Map<String, Path> build(String name, List<Action> more, String... formats) {
        // the test watches the boot on the serial console
        ImageDescription plain = Requests.without(Requests.description(disk, formats), "disable-serial-console");
        List<Action> actions = new ArrayList<>(List.of(
                new Action("sshInject", Map.of("user", "root", "key", "file:" + key() + ".pub")),
                new Action("firstboot", Map.of("script", "#!/bin/sh\nuname -r > /var/lib/first-boot\n"))));
        actions.addAll(more);
        ImageDescription description = plain.toBuilder()
                .customise(actions)
                .shrink(new ImageDescription.Shrink(8 << 20, true))
                .size(null)
                .repair(false)
                .allowUnsupported(false)
                .build();
        return ImageBuild.run(Requests.of(description, directory.resolve(name)), ProgressListener.NONE)
                .outputs()
                .stream()
                .collect(Collectors.toMap(ImageBuildResult.Output::format, ImageBuildResult.Output::file));
    }

    /** A copy of an image on a disk of 4 GiB. */
    Path larger(Path image) {
        Path larger = directory.resolve("larger.raw");
        GuestDisk.shell("cp --sparse=always \"$1\" \"$2\" && truncate -s 4G \"$2\"", image, larger);
        return larger;
    }

    /** Boots, logs in by the key, and looks at what a first boot must have made. */
    void boot(Path image, String check) throws IOException {
        String before = GuestDisk.run("debugfs", "-R", "cat /etc/machine-id", disk + "?offset=" + ROOT_OFFSET)
                .strip();
        Path console = directory.resolve("console.log");
        ExecResult boot = GuestDisk.attempt(
                Path.of("../examples/debian/boot.sh")
                        .toAbsolutePath()
                        .normalize()
                        .toString(),
                "-t",
                "600",
                "-l",
                console.toString(),
                "-p",
                "-i",
                key().toString(),
                "-c",
                "set -x; test -s /etc/ssh/ssh_host_ed25519_key && test -s /etc/machine-id && ! grep -q " + before
                        + " /etc/machine-id && test -e /sys/class/net/eth0 && test -s /var/lib/first-boot && " + check,
                image.toString(),
                "raw");
        assertEquals(boot.stdout() + boot.stderr() + tail(console), 0, boot.exitCode());
    }

    private static String tail(Path console) throws IOException {
        String text = Files.exists(console) ? Files.readString(console, StandardCharsets.ISO_8859_1) : "";
        return text.substring(Math.max(0, text.length() - 4000));
    }
}
