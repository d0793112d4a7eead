package io.imagewright.sysprep.unix;

import java.io.IOException;
import java.util.List;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class SshHostkeysTest extends OperationTestBase {

    private static final String GENERATOR = "/usr/lib/systemd/system-generators/cloud-init-generator";

    private static final String UNIT = "/etc/systemd/system/imagewright-ssh-hostkeys.service";

    private final SshHostkeys operation = new SshHostkeys();

    private TestGuest server() throws IOException {
        guest.file("/usr/sbin/sshd", "elf").file("/usr/bin/ssh-keygen", "elf").file("/etc/ssh/sshd_config", "kept");
        return guest.file("/etc/ssh/ssh_host_ed25519_key", "key").file("/etc/ssh/ssh_host_ed25519_key.pub", "pub");
    }

    private TestGuest systemd() throws IOException {
        return server().file("/usr/lib/systemd/systemd", "elf").link("/lib", "usr/lib");
    }

    private void unit(String name, String text) throws IOException {
        guest.file("/usr/lib/systemd/system/" + name, text);
    }

    @Test
    public void removesKeys_andGivesPlainDebianAUnitThatMakesThem() throws IOException {
        systemd();
        unit("ssh.service", "[Service]\nExecStartPre=/usr/sbin/sshd -t\nExecStart=/usr/sbin/sshd -D\n");
        List<Change> changes = guest.apply(operation);
        assertTrue(changes.contains(new Change.Scrub(GuestPath.of("/etc/ssh/ssh_host_ed25519_key"))));
        assertEquals(List.of("sshd_config"), guest.below("/etc/ssh"));
        assertTrue(guest.text(UNIT).contains("\nExecStart=/usr/bin/ssh-keygen -A\n"));
        assertEquals(
                "enable imagewright-ssh-hostkeys.service\n",
                guest.text("/etc/systemd/system-preset/00-imagewright-ssh-hostkeys.preset"));
        assertEquals(
                Bytes.of(UNIT),
                guest.tree()
                        .readLink(GuestPath.of(
                                "/etc/systemd/system/multi-user.target.wants/" + "imagewright-ssh-hostkeys.service"))
                        .orElseThrow());
        assertTrue(guest.has("/etc/systemd/system/ssh.service.wants/imagewright-ssh-hostkeys.service"));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void removesCertificatesOfHosts() throws IOException {
        systemd().file("/etc/ssh/ssh_host_ed25519_key-cert.pub", "cert").file("/etc/ssh/ssh_host_rsa_key", "key");
        guest.apply(operation);
        assertEquals(List.of("sshd_config"), guest.below("/etc/ssh"));
    }

    @Test
    public void trusts_unitsThatMakeKeys() throws IOException {
        systemd();
        unit("sshd.service", "[Unit]\nWants=sshd-keygen.target\n[Service]\nExecStart=/usr/sbin/sshd -D\n");
        unit("sshd-keygen.target", "[Unit]\nWants=sshd-keygen@rsa.service\nWants=sshd-keygen@ed25519.service\n");
        unit("sshd-keygen@.service", "[Service]\nExecStart=/usr/libexec/openssh/sshd-keygen %i\n");
        guest.apply(operation);
        assertFalse(guest.has(UNIT));
        assertFalse(guest.has("/etc/ssh/ssh_host_ed25519_key"));
    }

    @Test
    public void trusts_archAndSuse() throws IOException {
        systemd();
        unit("sshd.service", "[Service]\nExecStartPre=/usr/sbin/sshd-gen-keys-start\nExecStart=/usr/sbin/sshd -D\n");
        guest.apply(operation);
        assertFalse(guest.has(UNIT));
    }

    @Test
    public void doesNotTrust_unitsThatDoNotRun() throws IOException {
        systemd();
        unit("sshd.service", "[Unit]\nWants=sshdgenkeys.service\n[Service]\nExecStart=/usr/sbin/sshd -D\n");
        unit("sshdgenkeys.service", "[Service]\nExecStart=/usr/bin/ssh-keygen -A\n");
        unit("ssh-first.service", "[Unit]\nConditionFirstBoot=yes\n[Service]\nExecStart=/usr/bin/ssh-keygen -A\n");
        guest.link("/etc/systemd/system/sshdgenkeys.service", "/dev/null");
        guest.link("/etc/systemd/system/multi-user.target.wants/ssh-first.service", "/usr/lib/systemd/system/x");
        guest.apply(operation);
        assertTrue(guest.has(UNIT));
    }

    @Test
    public void makesThemAfterCloudInit_whichMakesNoneOnAMachineThatGivesItNoData() throws IOException {
        systemd().file("/usr/bin/cloud-init", "#!").file(GENERATOR, "#!");
        guest.apply(operation);
        assertTrue(guest.text(UNIT), guest.text(UNIT).contains("After=local-fs.target cloud-init.service "));
    }

    @Test
    public void doesNotTrust_cloudInitThatDoesNotStart() throws IOException {
        systemd().file("/usr/bin/cloud-init", "#!");
        guest.apply(operation);
        assertTrue(guest.has(UNIT));
    }

    @Test
    public void doesNotTrust_maskedCloudInit() throws IOException {
        systemd().file("/usr/bin/cloud-init", "#!").file(GENERATOR, "#!");
        guest.link("/etc/systemd/system/cloud-init.service", "/dev/null");
        guest.apply(operation);
        assertTrue(guest.has(UNIT));
    }

    @Test
    public void doesNotTrust_disabledCloudInit() throws IOException {
        systemd().file("/usr/bin/cloud-init", "#!").file(GENERATOR, "#!").file("/etc/cloud/cloud-init.disabled", "");
        guest.apply(operation);
        assertTrue(guest.has(UNIT));
    }

    @Test
    public void warns_whereNothingCanMakeKeys() throws IOException {
        server().file("/etc/init.d/ssh", "#!/bin/sh\n# ssh-keygen -A\nstart-stop-daemon /usr/sbin/sshd\n");
        guest.apply(operation);
        assertWarned("sshd will not start");
        assertFalse(guest.has("/etc/ssh/ssh_host_ed25519_key"));
    }

    @Test
    public void respects_aMaskedUnit() throws IOException {
        systemd().link(UNIT, "/dev/null");
        guest.apply(operation);
        assertTrue(guest.tree().stat(GuestPath.of(UNIT)).orElseThrow().isSymlink());
        assertWarned("sshd will not start");
    }

    @Test
    public void trusts_startScriptsOfAlpine() throws IOException {
        server().file("/etc/init.d/sshd", "#!/sbin/openrc-run\n\tssh-keygen -A\n");
        guest.apply(operation);
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void removes_linkedKeysWithWhatTheyLinkTo() throws IOException {
        server().link("/etc/ssh/ssh_host_rsa_key", "/srv/keys/my_host_rsa").file("/srv/keys/my_host_rsa", "key");
        guest.link("/etc/ssh/ssh_host_x_key", "/etc/passwd").file("/etc/passwd", "kept");
        guest.link("/etc/ssh/ssh_host_y_key", "ssh_host_y_key").file("/etc/init.d/sshd", "ssh-keygen -A");
        guest.apply(operation);
        assertEquals(List.of("sshd_config"), guest.below("/etc/ssh"));
        assertEquals(List.of(), guest.below("/srv/keys"));
        assertEquals("kept", guest.text("/etc/passwd"));
        assertWarned("/etc/ssh/ssh_host_x_key was a link");
    }

    @Test
    public void doesNothing_whereThereIsNoSsh() throws IOException {
        guest.directory("/etc");
        assertEquals(List.of(), guest.apply(operation));
        assertEquals(List.of(), guest.warnings);
    }
}
