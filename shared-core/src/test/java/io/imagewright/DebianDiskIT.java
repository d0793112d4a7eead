package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.imagewright.boot.BootSettings;
import io.imagewright.boot.Firmware;
import io.imagewright.exec.ExecResult;
import io.imagewright.progress.ProgressListener;
import io.imagewright.signature.Trust;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Action;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** A real Debian disk (examples/debian/make-disk.sh): what is built of it boots, lets its administrator in, and fills its disk. */
public class DebianDiskIT {

    private static final long ROOT_OFFSET = 2048 * 512;

    @ClassRule
    public static final TemporaryFolder FOLDER =
            new TemporaryFolder(Path.of("/var/tmp").toFile());

    /** What make-disk.sh plants unless told otherwise. */
    private static final String MARKER = "imagewright-marker-7f3a9c51d2e84b60";

    private static Path disk = Path.of("unset");
    private static Map<String, Path> images = Map.of();

    @BeforeClass
    public static void build() {
        disk = Path.of(Objects.requireNonNull(
                System.getProperty("imagewright.debianDisk"),
                "Run examples/debian/make-disk.sh and set -Dimagewright.debianDisk=<its disk>; ./test.sh does both."));
        GuestDisk.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key().toString());
        images = build("out", List.of(new Action("growRoot", Map.of())), "raw", "diskdump", "qcow2");
    }

    private static Path key() {
        return FOLDER.getRoot().toPath().resolve("key");
    }

    /** Outputs by their formats, of a guest that a key opens and that notes its first boot. */
    private static Map<String, Path> build(String directory, List<Action> more, String... formats) {
        // the test watches the boot on the serial console
        ImageDescription plain = Requests.without(Requests.description(disk, formats), "disable-serial-console");
        List<Action> actions = new ArrayList<>(List.of(
                new Action("sshInject", Map.of("user", "root", "key", "file:" + key() + ".pub")),
                new Action("firstboot", Map.of("script", "#!/bin/sh\nuname -r > /var/lib/first-boot\n"))));
        actions.addAll(more);
        ImageDescription description = new ImageDescription(
                plain.name(),
                plain.source(),
                plain.engine(),
                plain.sysprep(),
                actions,
                new ImageDescription.Shrink(8 << 20, null),
                null,
                false,
                false,
                plain.properties(),
                plain.formats(),
                plain.checksums());
        Path out = FOLDER.getRoot().toPath().resolve(directory);
        return ImageBuild.run(Requests.of(description, out), ProgressListener.NONE).outputs().stream()
                .collect(Collectors.toMap(ImageBuildResult.Output::format, ImageBuildResult.Output::file));
    }

    /** Its contents, names, links, attributes, swap, gap, caches, logs and histories carry the marker where nothing of them may go out. */
    @Test
    public void nothingThatWasDeletedOrCleanedIsInAnyOutput() {
        assertEquals("", GuestDisk.shell("grep -qaF \"$2\" \"$1\"", disk, MARKER));
        images.forEach((format, image) -> {
            String read = format.equals("qcow2")
                    ? "qemu-img convert -f qcow2 -O raw \"$1\" \"$1.check\" && grep -caF \"$2\" \"$1.check\" || true"
                    : "grep -caF \"$2\" \"$1\" || true";
            assertEquals(format, "0", GuestDisk.shell(read, image, MARKER).strip());
        });
    }

    @Test
    public void isNearTheTrueMinimum() {
        String numbers = GuestDisk.shell(
                "dumpe2fs -h \"$1?offset=$2\" 2> /dev/null"
                        + " | awk -F': *' '/^Block count/ {c=$2} /^Free blocks/ {f=$2} /^Block size/ {s=$2}"
                        + " END {print c*s, f*s}'",
                images.get("raw"),
                ROOT_OFFSET);
        long size = Long.parseLong(numbers.strip().split(" ")[0]);
        long free = Long.parseLong(numbers.strip().split(" ")[1]);
        assertTrue(numbers, free <= (8 << 20) + size / 20);
    }

    /** Nothing but the disk grows at deployment; the guest does the rest at its first boot. */
    @Test
    public void growsItselfOnALargerDisk() throws IOException {
        Path larger = FOLDER.getRoot().toPath().resolve("larger.raw");
        GuestDisk.shell("cp --sparse=always \"$1\" \"$2\" && truncate -s 4G \"$2\"", images.get("raw"), larger);
        boot(larger, "test $(df --output=size -m / | tail -n 1) -gt 3500 && test -e /var/lib/imagewright-grow-root");
    }

    /** Nothing grows it, and its disk is no larger than the image: the room that shrinking left is enough to boot. */
    @Test
    public void canBeUsedOnADiskOfItsOwnSize() throws IOException {
        Path image = Objects.requireNonNull(build("same", List.of(), "raw").get("raw"));
        boot(image, "test $(df --output=avail -m / | tail -n 1) -gt 256");
    }

    /** Boots, logs in by the key, and looks at what a first boot must have made. */
    private static void boot(Path image, String check) throws IOException {
        String before = GuestDisk.run("debugfs", "-R", "cat /etc/machine-id", disk + "?offset=" + ROOT_OFFSET)
                .strip();
        Path console = FOLDER.getRoot().toPath().resolve("console.log");
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
                "test -s /etc/ssh/ssh_host_ed25519_key && test -s /etc/machine-id && ! grep -q " + before
                        + " /etc/machine-id && test -e /sys/class/net/eth0 && test -s /var/lib/first-boot && " + check,
                image.toString(),
                "raw");
        assertTrue(boot.stdout() + boot.stderr() + tail(console), boot.exitCode() == 0);
    }

    /** What image:verify does with image.boot; each image is digested again afterwards. */
    @Test
    public void bootsWhenItIsVerified_andStaysAsItIs() {
        FinishedImage image = FinishedImage.open(FOLDER.getRoot().toPath().resolve("out"), "guest", "1");
        BootSettings settings = new BootSettings(Duration.ofSeconds(900), "\\S+ login:", null, 768, 2, Firmware.AUTO);
        VerifyResult result = image.verify(new VerifyRequest(null, Trust.ANY, settings), ProgressListener.NONE);
        assertEquals(List.of(), result.findings());
        assertEquals(Firmware.BIOS, Objects.requireNonNull(result.booted()).firmware());
        assertEquals(List.of(), image.verify(ProgressListener.NONE));
    }

    private static String tail(Path console) throws IOException {
        String text =
                Files.exists(console) ? Files.readString(console, java.nio.charset.StandardCharsets.ISO_8859_1) : "";
        return text.substring(Math.max(0, text.length() - 4000));
    }
}
