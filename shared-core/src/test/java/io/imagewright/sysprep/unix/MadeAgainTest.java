package io.imagewright.sysprep.unix;

import java.io.IOException;
import java.util.List;

import io.imagewright.guest.GuestPath;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** Keys that each machine makes of its own: removed, and made again at boot where the guest can. */
public class MadeAgainTest extends MemoryTestBase {

    private static final String KEY = "/etc/dropbear/dropbear_rsa_host_key";
    private static final String SNAKEOIL = "/etc/ssl/private/ssl-cert-snakeoil.key";
    private static final String UNITS = "/etc/systemd/system/";

    private TestGuest systemd() throws IOException {
        return guest.file("/usr/lib/systemd/systemd", "elf").link("/lib", "usr/lib");
    }

    private TestGuest dropbear() throws IOException {
        return guest.file("/usr/sbin/dropbear", "elf")
                .file("/usr/bin/dropbearkey", "elf")
                .file(KEY, "key");
    }

    private void assertUnit(boolean wanted, String name, String puller) {
        assertEquals(name, wanted, guest.has(UNITS + name));
        assertEquals(name, wanted, guest.has(UNITS + puller + ".wants/" + name));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void dropbear_onDebian_getsAUnitThatMakesKeys() throws IOException {
        systemd();
        dropbear().file("/etc/dropbear/dropbear_ed25519_host_key", "key").file("/etc/dropbear/run", "kept");
        guest.file("/etc/default/dropbear", "# DROPBEAR_EXTRA_ARGS=\"-R\"\nDROPBEAR_RECEIVE_WINDOW=65536\n");
        guest.file(
                "/lib/systemd/system/dropbear.service",
                "[Service]\nExecStart=/usr/sbin/dropbear -EF -p \"$DROPBEAR_PORT\" -W \"$DROPBEAR_RECEIVE_WINDOW\"\n");
        guest.apply(new DropbearHostkeys());
        assertEquals(List.of("run"), guest.below("/etc/dropbear"));
        assertUnit(true, "imagewright-dropbear-hostkeys.service", "multi-user.target");
        assertUnit(true, "imagewright-dropbear-hostkeys.service", "dropbear.service");
    }

    /** What starts dropbear such that it makes keys; none for the system without systemd. */
    @Test
    public void dropbear_thatMakesItsKeys_getsNone() throws IOException {
        List<List<String>> starts = List.of(
                List.of("/usr/lib/systemd/system/dropbear.service", "[Service]\nExecStart=/usr/sbin/dropbear -F -R\n"),
                List.of("/usr/lib/systemd/system/dropbear.service", "[Service]\nExecStart=/usr/sbin/dropbear -FR\n"),
                List.of(
                        "/usr/lib/systemd/system/dropbear-keygen.service",
                        "[Service]\nExecStart=/usr/libexec/dropbearkey\n"),
                List.of("/etc/default/dropbear", "DROPBEAR_EXTRA_ARGS=\"-R\"\n"));
        for (List<String> start : starts) {
            try (TestGuest other = new TestGuest(folder.newFolder().toPath()).inMemory()) {
                other.file("/usr/lib/systemd/systemd", "elf").file("/usr/sbin/dropbear", "elf");
                other.file("/usr/bin/dropbearkey", "elf").file(KEY, "key").file(start.get(0), start.get(1));
                other.apply(new DropbearHostkeys());
                assertFalse(start.toString(), other.has(UNITS + "imagewright-dropbear-hostkeys.service"));
                assertFalse(start.toString(), other.has(KEY));
                assertEquals(List.of(), other.warnings);
            }
        }
        dropbear().file("/etc/init.d/S50dropbear", "#!/bin/sh\ndropbear -R\n");
        guest.apply(new DropbearHostkeys());
        assertUnit(false, "imagewright-dropbear-hostkeys.service", "multi-user.target");
    }

    @Test
    public void dropbear_withoutAnythingThatMakesKeys_isWarnedOf() throws IOException {
        dropbear().file("/etc/init.d/dropbear", "#!/bin/sh\n# dropbearkey\ndropbear -p 22\n");
        guest.apply(new DropbearHostkeys());
        assertFalse(guest.has(KEY));
        assertWarned("Nothing in the guest makes host keys of dropbear at boot");
    }

    @Test
    public void dropbear_inAnInitramfs_stays_withOneWarning() throws IOException {
        guest.file("/etc/dropbear/initramfs/dropbear_rsa_host_key", "key")
                .file("/etc/dropbear/initramfs/dropbear_ecdsa_host_key", "key");
        assertEquals(List.of(), guest.apply(new DropbearHostkeys()));
        assertEquals(1, guest.warnings.size());
        assertWarned("/etc/dropbear/initramfs/dropbear_ecdsa_host_key");
    }

    /** tinysshd-makekey makes no keys in a directory that is there. */
    @Test
    public void tinyssh_losesTheDirectoryToo() throws IOException {
        guest.file("/etc/tinyssh/sshkeydir/.ed25519.sk", "key").file("/etc/tinyssh/sshkeydir/ed25519.pk", "key");
        guest.apply(new DropbearHostkeys());
        assertEquals(List.of(), guest.below("/etc/tinyssh"));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void snakeoil_isMadeByAUnit() throws IOException {
        systemd().file(SNAKEOIL, "key").file("/etc/ssl/certs/ssl-cert-snakeoil.pem", "cert");
        guest.file("/etc/ssl/private/own.key", "kept").file("/usr/sbin/make-ssl-cert", "#!");
        guest.apply(new SelfSignedCertificates());
        assertEquals(List.of("own.key"), guest.below("/etc/ssl/private"));
        assertEquals(List.of(), guest.below("/etc/ssl/certs"));
        assertUnit(true, "imagewright-snakeoil.service", "basic.target");
        assertTrue(guest.text("/etc/systemd/system-preset/00-imagewright-snakeoil.preset")
                .startsWith("enable "));
    }

    @Test
    public void snakeoil_ofAMachineThatWasMadeFromAnImage_isRemovedAgain() throws IOException {
        systemd().file(SNAKEOIL, "key").file(UNITS + "imagewright-snakeoil.service", "[Unit]");
        guest.file("/usr/sbin/make-ssl-cert", "#!").apply(new SelfSignedCertificates());
        assertFalse(guest.has(SNAKEOIL));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void snakeoil_withoutItsProgram_isRemovedWithAWarning() throws IOException {
        systemd().file(SNAKEOIL, "key").apply(new SelfSignedCertificates());
        assertFalse(guest.has(SNAKEOIL));
        assertWarned("Nothing in the guest makes " + SNAKEOIL + " again at boot");
    }

    @Test
    public void snakeoil_respectsAMaskedUnit() throws IOException {
        systemd().file(SNAKEOIL, "key").file("/usr/sbin/make-ssl-cert", "#!");
        guest.link(UNITS + "imagewright-snakeoil.service", "/dev/null").apply(new SelfSignedCertificates());
        assertTrue(guest.tree()
                .stat(GuestPath.of(UNITS + "imagewright-snakeoil.service"))
                .orElseThrow()
                .isSymlink());
        assertWarned("Nothing in the guest makes");
    }

    @Test
    public void httpdAndCockpit_makeTheirOwn() throws IOException {
        systemd().file("/etc/pki/tls/private/localhost.key", "key").file("/etc/pki/tls/certs/localhost.crt", "cert");
        guest.file("/etc/cockpit/ws-certs.d/0-self-signed.key", "key")
                .file("/etc/cockpit/ws-certs.d/50-own.key", "kept")
                .file(
                        "/usr/lib/systemd/system/httpd-init.service",
                        "[Service]\nExecStart=/usr/libexec/httpd-ssl-gencerts\n");
        guest.apply(new SelfSignedCertificates());
        assertFalse(guest.has("/etc/pki/tls/private/localhost.key"));
        assertEquals(List.of("50-own.key"), guest.below("/etc/cockpit/ws-certs.d"));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void httpd_thatWouldNotMakeItAgain_keepsIt() throws IOException {
        systemd().file("/etc/pki/tls/private/localhost.key", "key");
        assertEquals(List.of(), guest.apply(new SelfSignedCertificates()));
    }
}
