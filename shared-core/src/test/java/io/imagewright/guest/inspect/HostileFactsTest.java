package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Map;
import java.util.Random;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Lines;
import io.imagewright.guest.MemoryGuest;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** Guests that are made to mislead or to exhaust inspection. */
public class HostileFactsTest {

    private static final List<String> READ = List.of(
            "/etc/os-release",
            "/etc/lsb-release",
            "/etc/passwd",
            "/etc/shadow",
            "/etc/login.defs",
            "/etc/ssh/sshd_config",
            "/etc/cloud/cloud.cfg",
            "/etc/cloud/cloud.cfg.d/x.cfg",
            "/etc/init/x.conf",
            "/etc/rc.d/rc3.d/S01x",
            "/etc/systemd/system/multi-user.target.wants/x.service",
            "/etc/systemd/system/sockets.target.wants/x.socket",
            "/boot/loader/entries/x.conf",
            "/var/lib/dpkg/status",
            "/lib/apk/db/installed",
            "/var/lib/rpm/rpmdb.sqlite",
            "/var/lib/rpm/rpmdb.sqlite-wal",
            "/opt/bitnami/README.txt",
            "/usr/lib/systemd/system-generators/cloud-init-generator");

    private static Facts everywhere(Bytes content) {
        return DistributionFactsTest.facts(tree -> READ.forEach(file -> tree.file(GuestPath.of(file), content)));
    }

    private static void assertPrintable(Facts facts) {
        for (Map.Entry<String, String> property : facts.properties().entrySet()) {
            assertTrue(property.getKey(), property.getValue().length() <= 4096);
            assertTrue(property.getKey(), property.getValue().chars().noneMatch(Character::isISOControl));
        }
        assertTrue(facts.warnings().size() <= 101);
        assertTrue(facts.warnings().stream().allMatch(text -> text.chars().noneMatch(Character::isISOControl)));
    }

    @Test
    public void nonsense_givesFewFacts() {
        byte[] random = new byte[60_000];
        new Random(5).nextBytes(random);
        for (Bytes content : List.of(
                Bytes.EMPTY,
                Bytes.of(random),
                Bytes.of(new byte[500_000]),
                Bytes.of("\n".repeat(500_000)),
                Bytes.of(":".repeat(500_000)),
                Bytes.of("x".repeat(900_000)),
                Bytes.of(
                        "Include *\nExecStart=\nExecStart\nService=\nService=../../x\nService=..\nService=.\nService=a\0b\nPort\nversion\nstart on\n"),
                Bytes.of("[".repeat(100_000)),
                Bytes.of("a: &a [*a, *a]\nusers: *a\n"))) {
            Facts facts = everywhere(content);
            assertPrintable(facts);
            assertFalse(facts.properties().containsKey("REMOTE_CONNECTION"));
            assertEquals("yes", facts.properties().get("CLOUD_INIT"));
            assertFalse(facts.properties().containsKey("CLOUD_INIT_DEFAULT_USER"));
            assertEquals("bitnami", facts.properties().get("OS"));
        }
    }

    @Test(timeout = 60_000)
    public void oneLongLineInAPackageList_isPassedOver() {
        String status =
                "Package: linux-image-1-x\nStatus: install ok installed\nDescription: " + "x".repeat(20 << 20) + "\n\n"
                        + "Package: linux-image-2-x\nStatus: install ok installed\nVersion: " + "9".repeat(5000) + "\n";
        Facts facts = DistributionFactsTest.facts(tree -> tree.file("/var/lib/dpkg/status", status));
        assertEquals("2-x", facts.properties().get("KERNEL"));
    }

    @Test
    public void linesAreCutAtTheirLimit() {
        String most = "y".repeat(Lines.MAX_LENGTH);
        assertEquals(
                List.of("a", "", most, "b", ""),
                Lines.of("a\r\n\n" + most + "\n" + most + "y\nb\n").toList());
        assertEquals(List.of(""), Lines.of("").toList());
        assertEquals(List.of(), Lines.of(most + "y").toList());
    }

    @Test(timeout = 60_000)
    public void packageListAboveTheLimit_isAWarning() {
        MemoryGuest guest = MemoryGuest.of(tree -> tree.file("/var/lib/dpkg/status", ""));
        guest.apply(List.of(new Change.Truncate(GuestPath.of("/var/lib/dpkg/status"), (128L << 20) + 1)));
        Facts facts = DistributionFactsTest.facts(guest);
        assertEquals(1, facts.warnings().size());
        assertTrue(facts.warnings().get(0), facts.warnings().get(0).startsWith("Cannot read /var/lib/dpkg/status"));
    }

    @Test
    public void circlesOfIncludesAndLinks_end() {
        Facts facts = DistributionFactsTest.facts(tree -> {
            DistributionFactsTest.enabled(tree, "sshd.service", DistributionFactsTest.SSH_UNIT);
            tree.file("/etc/ssh/sshd_config", "Include sshd_config ../ssh/* /etc/ssh/sshd_co*\nPort 70000\nPort 23\n")
                    .symlink("/etc/rc2.d/S01a", "S01b")
                    .symlink("/etc/rc2.d/S01b", "S01a")
                    .symlink("/usr/bin", "bin")
                    .symlink("/var/lib/dpkg", "dpkg")
                    .symlink("/opt/bitnami", "bitnami");
        });
        assertPrintable(facts);
        assertEquals("ssh:port=22", facts.properties().get("REMOTE_CONNECTION"));
        assertEquals("No GUI", facts.properties().get("GUI"));
    }

    @Test
    public void namesOfCloudUsers_areNoWords() {
        Facts facts = DistributionFactsTest.facts(tree -> tree.file("/etc/cloud/cloud.cfg.d/a.cfg", ": : :\n\t- [")
                .file(
                        "/etc/cloud/cloud.cfg.d/b.cfg",
                        "users: ['a b', \"c\\nssh:port=1,user=root\", default, {name: ''}, {}, [], 5, ok]\n")
                .file("/usr/lib/systemd/system-generators/cloud-init-generator", ""));
        assertPrintable(facts);
        assertEquals("ok", facts.properties().get("USERS"));
        assertFalse(facts.properties().containsKey("CLOUD_INIT_DEFAULT_USER"));
        assertTrue(
                facts.warnings().get(0),
                facts.warnings().get(0).startsWith("Ignoring /etc/cloud/cloud.cfg.d/a.cfg of the guest"));
    }

    @Test
    public void disabledCloudInit_saysNothing() {
        Facts facts = DistributionFactsTest.facts(tree -> {
            DistributionFactsTest.enabled(
                    tree, "cloud-init.service", "[Service]\nExecStart=/usr/bin/cloud-init init\n");
            tree.file("/etc/cloud/cloud.cfg", "users: [a]\n").file("/etc/cloud/cloud-init.disabled", "");
        });
        assertFalse(facts.properties().containsKey("CLOUD_INIT"));
        assertFalse(facts.properties().containsKey("USERS"));
    }
}
