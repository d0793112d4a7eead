package io.imagewright.customise;

import java.io.IOException;
import java.util.List;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class AccountActionsTest extends CustomiseTestBase {

    private static final String OTHER_KEY = KEY.replace("AAAAC3", "AAAAD4");

    @Test
    public void password_setsHashAndDay_andKeepsTheRest() throws IOException {
        List<Change> changes =
                apply("password: { user: root, hash: '" + HASH + "' }", "password: { user: ann, hash: locked }");
        assertEquals("root:" + HASH + ":18518:0:99999:7:::\nann:*:1:0:99999:7:::\n", guest.text("/etc/shadow"));
        assertFalse(changes.toString(), changes.toString().contains("imagewright$"));
        assertEquals(List.of(), apply("password: { user: root, hash: '" + HASH + "' }"));
    }

    @Test
    public void password_readsAFile_andRefusesWhatIsNoHash() throws IOException {
        host("root.hash", HASH + "\n");
        apply("password: { user: root, hash: 'file:root.hash' }");
        assertTrue(guest.text("/etc/shadow").startsWith("root:" + HASH + ":18518:"));
        host("plain", "hunter2SECRET\n");
        String message = refused("password: { user: root, hash: 'file:plain' }");
        assertTrue(message, message.contains("openssl passwd -6") && !message.contains("SECRET"));
        host("injected", HASH + ":1::::::\nroot2:" + HASH + "\n");
        assertRefused("no hash", "password: { user: root, hash: 'file:injected' }");
        assertRefused("Cannot read missing: there is no such file", "password: { user: root, hash: 'file:missing' }");
    }

    @Test
    public void password_refusesAnUnknownUser_whoeverTheyMayBe() {
        assertRefused("no user 'anna'. Did you mean ann?", "password: { user: anna, hash: locked }");
        assertRefused(
                "no user 'postgres'. Known there: root, ann, www-data.", "password: { user: postgres, hash: locked }");
    }

    @Test
    public void password_ofAnAccountWithoutAShadowLine_orASystemWithoutShadow() throws IOException {
        guest.file("/etc/passwd", "root:$1$old:0:0:root:/root:/bin/sh\nsvc:x:9:9::/:/bin/sh");
        guest.file("/etc/shadow", "ann:*:1::::::");
        apply("password: { user: root, hash: '" + HASH + "' }");
        assertEquals("ann:*:1::::::\nroot:" + HASH + ":18518:0:99999:7:::\n", guest.text("/etc/shadow"));
        assertEquals("root:x:0:0:root:/root:/bin/sh\nsvc:x:9:9::/:/bin/sh", guest.text("/etc/passwd"));
        apply("delete: /etc/shadow", "password: { user: svc, hash: '" + HASH + "' }");
        assertEquals("root:x:0:0:root:/root:/bin/sh\nsvc:" + HASH + ":9:9::/:/bin/sh", guest.text("/etc/passwd"));
    }

    @Test
    public void sshInject_makesWhatSshdAsksFor() throws IOException {
        apply("sshInject: { user: ann, key: '" + KEY + "' }");
        assertEquals(KEY + "\n", guest.text("/home/ann/.ssh/authorized_keys"));
        assertEquals("700 1000:100", mode("/home/ann/.ssh"));
        assertEquals("600 1000:100", mode("/home/ann/.ssh/authorized_keys"));
    }

    @Test
    public void sshInject_addsOnce_endsTheLastLine_andFixesModes() throws IOException {
        guest.file("/root/.ssh/authorized_keys", OTHER_KEY).owner("/root/.ssh/authorized_keys", 7);
        host("keys/ops.pub", "# ours\n" + KEY + "\n\n" + OTHER_KEY + "\n");
        apply("sshInject: { user: root, key: 'file:keys/ops.pub' }");
        assertEquals(OTHER_KEY + "\n" + KEY + "\n", guest.text("/root/.ssh/authorized_keys"));
        assertEquals("600 0:0", mode("/root/.ssh/authorized_keys"));
        assertEquals("700 0:0", mode("/root/.ssh"));
        assertEquals(List.of(), apply("sshInject: { user: root, key: 'file:keys/ops.pub' }"));
    }

    @Test
    public void sshInject_letsInToAnAccountThatIsOnlyLocked_withoutPam() throws IOException {
        apply("sshInject: { user: root, key: '" + KEY + "' }");
        assertEquals("root:*:19000:0:99999:7:::\nann:$6$old$hash:1:0:99999:7:::\n", guest.text("/etc/shadow"));
    }

    @Test
    public void sshInject_refusesPrivateKeysAndWhatIsNoKey() throws IOException {
        host("id", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n");
        assertRefused("that is a private key", "sshInject: { user: root, key: 'file:id' }");
        assertRefused("expected public SSH keys", "sshInject: { user: root, key: 'hello' }");
        host("some", KEY + "\nhello\n");
        assertRefused("expected public SSH keys", "sshInject: { user: root, key: 'file:some' }");
        apply("sshInject: { user: root, key: 'from=\"10.0.0.0/8\",no-pty " + KEY + "' }");
    }

    @Test
    public void sshInject_refusesALinkOutOfTheHome_andAUserWithoutOne() throws IOException {
        guest.link("/home/ann/.ssh", "../../etc");
        assertRefused("leads out of the home", "sshInject: { user: ann, key: '" + KEY + "' }");
        apply(
                "delete: /home/ann/.ssh",
                "mkdir: /home/ann/.ssh",
                "link: { path: /home/ann/.ssh/authorized_keys, target: /etc/nothing }");
        assertRefused("leads out of the home", "sshInject: { user: ann, key: '" + KEY + "' }");
        apply("delete: /home/ann");
        assertRefused("no home directory", "sshInject: { user: ann, key: '" + KEY + "' }");
        apply("mkdir: { path: /home/ann, owner: ann }", "sshInject: { user: ann, key: '" + KEY + "' }");
        assertTrue(guest.tree()
                .stat(GuestPath.of("/home/ann/.ssh/authorized_keys"))
                .isPresent());
        assertRefused("no user 'bob'", "sshInject: { user: bob, key: '" + KEY + "' }");
    }

    @Test
    public void sshInject_refusesAHomeThatIsTheRootOrLeadsUp() throws IOException {
        guest.file("/etc/passwd", "a:x:1:1::/:/bin/sh\nb:x:2:2::/home/../etc:/bin/sh\nc:x:3:3:::/bin/sh\n");
        for (String user : List.of("a", "b", "c")) {
            assertRefused("no home directory", "sshInject: { user: " + user + ", key: '" + KEY + "' }");
        }
    }
}
