package io.imagewright;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.imagewright.api.BootSettings;
import io.imagewright.api.Firmware;
import io.imagewright.api.Trust;
import io.imagewright.api.VerifyRequest;
import io.imagewright.api.VerifyResult;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription.Action;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** A real Debian disk (examples/debian/make-disk.sh): what is built of it boots, lets its administrator in, and fills its disk. */
public class DebianDiskIT {

    @ClassRule
    public static final TemporaryFolder FOLDER =
            new TemporaryFolder(Path.of("/var/tmp").toFile());

    /** What make-disk.sh plants by default. */
    private static final String MARKER = "imagewright-marker-7f3a9c51d2e84b60";

    private static Path disk = Path.of("unset");
    private static Map<String, Path> images = Map.of();

    @BeforeClass
    public static void build() {
        disk = Path.of(Objects.requireNonNull(
                System.getProperty("imagewright.debianDisk"),
                "Run examples/debian/make-disk.sh and set -Dimagewright.debianDisk=<its disk>; ./test.sh does both."));
        images = build("out", List.of(new Action("growRoot", Map.of())), "raw", "diskdump", "qcow2");
    }

    private static Map<String, Path> build(String directory, List<Action> more, String... formats) {
        return machine().build(directory, more, formats);
    }

    private static DebianMachine machine() {
        return new DebianMachine(disk, FOLDER.getRoot().toPath());
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
                DebianMachine.ROOT_OFFSET);
        long size = Long.parseLong(numbers.strip().split(" ")[0]);
        long free = Long.parseLong(numbers.strip().split(" ")[1]);
        assertTrue(numbers, free <= (136 << 20) + size / 20);
    }

    /** Nothing but the disk grows at deployment; the guest does the rest at its first boot. */
    @Test
    public void growsItselfOnALargerDisk() throws IOException {
        Path larger = machine().larger(Objects.requireNonNull(images.get("raw")));
        machine()
                .boot(
                        larger,
                        "test $(df --output=size -m / | tail -n 1) -gt 3500 && systemctl -q is-active imagewright-grow-root");
    }

    /** Nothing grows it, and its disk is no larger than the image: the room that shrinking left is enough to boot. */
    @Test
    public void canBeUsedOnADiskOfItsOwnSize() throws IOException {
        Path image = Objects.requireNonNull(build("same", List.of(), "raw").get("raw"));
        machine().boot(image, "test $(df --output=avail -m / | tail -n 1) -gt 256");
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
}
