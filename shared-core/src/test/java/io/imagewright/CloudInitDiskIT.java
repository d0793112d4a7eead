package io.imagewright;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.imagewright.spec.ImageDescription.Action;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertTrue;

/**
 * A real Debian disk with cloud-init, which grows its root, and with what makes keys of its own at its first boot
 * (examples/debian/add-packages.sh).
 */
public class CloudInitDiskIT {

    @ClassRule
    public static final TemporaryFolder FOLDER =
            new TemporaryFolder(Path.of("/var/tmp").toFile());

    private static Path image = Path.of("unset");

    @BeforeClass
    public static void build() {
        image = Objects.requireNonNull(machine()
                .build(
                        "out",
                        List.of(
                                seed("meta-data", "instance-id: test-1\n"),
                                // the disk has no locales to set one of
                                seed("user-data", "#cloud-config\nlocale: false\n"),
                                new Action(
                                        "appendLine",
                                        Map.of("path", "/etc/default/dropbear", "line", "DROPBEAR_PORT=2222"))),
                        "raw")
                .get("raw"));
    }

    @Test
    public void keysOfTheOriginalAreGone() {
        for (String key : List.of(
                "/etc/ssh/ssh_host_ed25519_key",
                "/etc/dropbear/dropbear_ed25519_host_key",
                "/etc/ssl/private/ssl-cert-snakeoil.key")) {
            String stat = GuestDisk.shell(
                    "debugfs -R \"stat $2\" \"$1?offset=$3\" 2>&1", image, key, DebianMachine.ROOT_OFFSET);
            assertTrue(stat, stat.contains("File not found"));
        }
    }

    private static Action seed(String file, String content) {
        return new Action("write", Map.of("path", "/var/lib/cloud/seed/nocloud/" + file, "content", content));
    }

    private static DebianMachine machine() {
        return new DebianMachine(
                Path.of(Objects.requireNonNull(
                        System.getProperty("imagewright.cloudDisk"),
                        "Run examples/debian/add-packages.sh and set -Dimagewright.cloudDisk=<its disk>; ./test.sh does"
                                + " both.")),
                FOLDER.getRoot().toPath());
    }

    /** Grows at boot, but its disk is no larger than the image: the room that shrinking left is enough for a first boot. */
    @Test
    public void canBeUsedOnADiskOfItsOwnSize() throws IOException {
        machine()
                .boot(
                        image,
                        "cloud-init status --wait && test -s /etc/ssl/private/ssl-cert-snakeoil.key"
                                + " && test -s /etc/dropbear/dropbear_ed25519_host_key"
                                + " && test $(df --output=avail -m / | tail -n 1) -gt 32");
    }

    @Test
    public void fillsALargerDisk() throws IOException {
        machine()
                .boot(
                        machine().larger(image),
                        "cloud-init status --wait && test $(df --output=size -m / | tail -n 1) -gt 3500");
    }
}
