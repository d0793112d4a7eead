package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import io.imagewright.progress.ProgressListener;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/**
 * Registrations and secrets of public reports: a build with its defaults leaves nothing of them in the bytes of its image, deleted or not. A
 * further one is a further path here.
 */
public class SecretsStayBehindTest {

    private static final List<String> PATHS = List.of(
            "var/lib/snapd/device/private-keys-v1/k",
            "var/lib/ubuntu-advantage/private/machine-token.json",
            "var/lib/tailscale/tailscaled.state",
            "var/lib/zerotier-one/identity.secret",
            "var/lib/amazon/ssm/registration",
            "var/lib/waagent/ovf-env.xml",
            "etc/salt/minion_id",
            "etc/salt/pki/minion/minion.pem",
            "etc/puppetlabs/puppet/ssl/private_keys/h.pem",
            "etc/chef/client.pem",
            "etc/docker/key.json",
            "var/lib/rancher/k3s/server/token",
            "etc/kubernetes/pki/ca.key",
            "etc/ssl/private/ssl-cert-snakeoil.key",
            "etc/dropbear/dropbear_rsa_host_key",
            "etc/ssh/ssh_host_rsa_key",
            "etc/ssh/ssh_host_rsa_key.pub",
            "etc/ssh/ssh_host_ed25519_key-cert.pub",
            "etc/apt/auth.conf.d/a.conf",
            "etc/cloud/cloud.cfg.d/99-installer.cfg",
            "var/log/installer/autoinstall-user-data",
            "root/.aws/credentials",
            "root/.config/gcloud/credentials.db",
            "root/.docker/config.json",
            "root/.git-credentials",
            "root/.kube/config",
            "root/.lesshst",
            "root/.mysql_history",
            "root/.netrc",
            "root/.python_history",
            "root/.viminfo",
            "root/.wget-hsts",
            "home/alice/.local/share/fish/fish_history");

    /** Long enough for a block of its own, which an ext4 file system keeps out of the inode. */
    private static final int REPEATED = 200;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void nothingOfThemIsInTheImage() throws IOException {
        GuestDisk guest = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 48);
        Map<String, String> markers = new TreeMap<>();
        for (String path : PATHS) {
            String marker = "SECRET-" + markers.size() + "-7f3b";
            markers.put(marker, path);
            guest.file(path, (marker + "\n").repeat(REPEATED));
        }
        guest.file(
                "var/lib/snapd/state.json",
                "{\"data\":{\"auth\":{\"device\":{\"serial\":\"SECRET-S-7f3b\"}},\"snaps\":{}}}");
        markers.put("SECRET-S-7f3b", "var/lib/snapd/state.json");
        Path disk = guest.write();
        assertEquals("before", new TreeSet<>(markers.values()), found(disk, markers));
        Path out = folder.getRoot().toPath().resolve("out");

        ImageBuild.run(Requests.of(Requests.description(disk, "raw"), out), ProgressListener.NONE);

        assertEquals(new TreeSet<>(), found(out.resolve("guest-1.raw"), markers));
    }

    private static TreeSet<String> found(Path disk, Map<String, String> markers) throws IOException {
        assertTrue(Files.exists(disk));
        String texts = GuestDisk.shell("grep -aoE 'SECRET-[0-9S]+-7f3b' \"$1\" | sort -u", disk);
        List<String> paths = new ArrayList<>();
        texts.lines().forEach(text -> paths.add(markers.getOrDefault(text, text)));
        return new TreeSet<>(paths);
    }
}
