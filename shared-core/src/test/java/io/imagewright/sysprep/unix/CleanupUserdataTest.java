package io.imagewright.sysprep.unix;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class CleanupUserdataTest extends OperationTestBase {

    private final CleanupUserdata operation = new CleanupUserdata();

    @Test
    public void scrubs_filesAndWhatDirectoriesHold_inAllHomes() throws IOException {
        guest.file("/root/.bash_history", "secret")
                .file("/root/.ssh/id_rsa", "key")
                .file("/root/.bashrc", "kept");
        guest.file("/home/ann/.gnupg/private/k", "key")
                .file("/home/ann/.zsh_history", "x")
                .file("/home/ann/.a", "x");
        guest.file("/srv/git/.ssh/authorized_keys", "x").file("/var/lib/daemon/.ssh/id", "kept");
        guest.file("/etc/passwd", "d:x:999:1::/var/lib/daemon:/bin/sh\ngit:x:1000:1::/srv/git:/bin/sh\n");
        List<Change> changes = guest.apply(operation);
        assertTrue(changes.contains(new Change.Scrub(GuestPath.of("/root/.ssh/id_rsa"))));
        assertEquals(List.of(".bashrc"), guest.below("/root"));
        assertEquals(List.of(".a", ".gnupg", ".gnupg/private"), guest.below("/home/ann"));
        assertEquals(List.of(), guest.below("/srv/git"));
        assertEquals("kept", guest.text("/var/lib/daemon/.ssh/id"));
        assertEquals(7, changes.size());
    }

    @Test
    public void asks_loginDefsWhoAUserIs() throws IOException {
        guest.file("/etc/login.defs", "#UID_MIN 1\nUID_MIN\t\t  500\nUID_MAX 60000\n");
        guest.file("/etc/passwd", "old:x:500:1::/srv/old:/bin/sh\n").file("/srv/old/.history", "x");
        guest.apply(operation);
        assertFalse(guest.has("/srv/old/.history"));
    }

    @Test
    public void leaves_homesThatAreTheSystems() throws IOException {
        guest.file("/.ssh/id", "x").file("/usr/.ssh/id", "x").file("/etc/.history", "x");
        guest.file("/etc/passwd", "a:x:1001:1::/:\nb:x:1002:1::/usr/:\nc:x:1003:1::/home/../etc:\nbad\nd:x:y:z::\n");
        assertEquals(List.of(), guest.apply(operation));
    }

    @Test
    public void follows_linksThatStayInTheHomeOnly() throws IOException {
        guest.link("/home/ann/.ssh", "dot/ssh").file("/home/ann/dot/ssh/id", "x");
        guest.link("/home/ann/.bash_history", "/dev/null")
                .link("/home/ann/.gnupg", "../../etc")
                .file("/etc/key", "x");
        guest.link("/home/ann/.zsh_history", ".zsh_history").link("/home/bob/.ssh/agent", "/run/agent");
        guest.apply(operation);
        assertEquals(List.of(), guest.below("/home/ann/dot/ssh"));
        assertEquals("x", guest.text("/etc/key"));
        assertTrue(guest.has("/home/ann/.bash_history"));
        assertEquals(List.of(), guest.below("/home/bob"));
    }

    @Test
    public void removesWithoutZeros_whatHasAnotherNameElsewhere() throws IOException {
        guest.file("/usr/share/skel/gpg.conf", "shipped")
                .directory("/home/ann/.gnupg")
                .file("/root/.history", "x");
        guest.hardLink("/home/ann/.gnupg/gpg.conf", "/usr/share/skel/gpg.conf");
        guest.hardLink("/home/ann/.history", "/root/.history");
        List<Change> changes = guest.apply(operation);
        assertEquals("shipped", guest.text("/usr/share/skel/gpg.conf"));
        assertTrue(changes.contains(new Change.Scrub(GuestPath.of("/root/.history"))));
        assertWarned("/home/ann/.gnupg/gpg.conf has another name");
        assertEquals(1, guest.warnings.size());
    }

    @Test
    public void reads_aPasswdFullOfGarbage() throws IOException {
        guest.file("/etc/passwd", "\0\377::\n:::::::\nx:x:99999999999999999999:0::/root:\n" + ":".repeat(2 << 20));
        guest.file("/root/.history", "x");
        guest.apply(operation);
        assertFalse(guest.has("/root/.history"));
    }

    @Test
    public void takes_plainNamesOnly() throws IOException {
        guest.file("/root/own", "x").file("/root/.ssh/id", "x");
        guest.apply(operation, Map.of("sensitive_userdata", List.of("own")));
        assertEquals(List.of(".ssh", ".ssh/id"), guest.below("/root"));
        for (String bad : List.of("..", ".", "a/b", "/etc/passwd")) {
            ImageException error = assertThrows(
                    ImageException.class, () -> guest.apply(operation, Map.of("sensitive_userdata", List.of(bad))));
            assertTrue(
                    error.getMessage(),
                    error.getMessage()
                            .startsWith("Invalid value for sysprep parameter: `sensitive_userdata'. Reason: "));
        }
    }
}
