package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** A real Debian disk (examples/debian/make-disk.sh): what is built of it boots, lets its administrator in, and grows back. */
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
        Path out = FOLDER.getRoot().toPath().resolve("out");
        // the test watches the boot there
        ImageDescription description =
                Requests.without(Requests.description(disk, "raw", "diskdump", "qcow2"), "disable-serial-console");
        images = ImageBuild.run(Requests.of(description, out), ProgressListener.NONE).outputs().stream()
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

    /** As a deployment does it: the disk is larger, partition and file system grow to its end. */
    @Test
    public void growsBackOnABiggerDisk_bootsAndLetsInByKey() throws IOException {
        Path folder = FOLDER.getRoot().toPath();
        Path image = Objects.requireNonNull(images.get("raw"));
        Path larger = folder.resolve("boot.raw");
        Path root = folder.resolve("root.img");
        GuestDisk.shell("dd if=\"$1\" of=\"$2\" bs=1M skip=1 conv=sparse status=none", image, root);
        GuestDisk.run("e2fsck", "-fn", root.toString());
        GuestDisk.run("truncate", "-s", "2G", root.toString());
        GuestDisk.run("resize2fs", "-f", root.toString());
        GuestDisk.run("e2fsck", "-fn", root.toString());
        assertEquals(2L << 30, Files.size(root));
        GuestDisk.shell("head -c 1M \"$1\" > \"$2\" && truncate -s 2049M \"$2\"", image, larger);
        GuestDisk.shell("echo ', +' | sfdisk -q -N 1 \"$1\"", larger);
        GuestDisk.shell("dd if=\"$1\" of=\"$2\" bs=1M seek=1 conv=sparse,notrunc status=none", root, larger);
        Path key = folder.resolve("key");
        GuestDisk.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        Path commands = folder.resolve("debugfs");
        Files.writeString(
                commands,
                "mkdir /root/.ssh\nwrite " + key + ".pub /root/.ssh/authorized_keys\n"
                        + "set_inode_field /root/.ssh mode 040700\n"
                        + "set_inode_field /root/.ssh/authorized_keys mode 0100600\n");
        GuestDisk.run("debugfs", "-w", "-f", commands.toString(), larger + "?offset=" + ROOT_OFFSET);
        Path console = folder.resolve("console.log");
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
                key.toString(),
                "-c",
                "test -s /etc/ssh/ssh_host_ed25519_key && test -s /etc/machine-id && test -e /sys/class/net/eth0",
                larger.toString(),
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
