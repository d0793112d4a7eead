package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.unix.OperationTestBase;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class CleanupPasswordsTest extends OperationTestBase {

    private final CleanupPasswords operation = new CleanupPasswords();

    @Test
    public void locks_everyPasswordAndKeepsEveryOtherByte() throws IOException {
        guest.file(
                "/etc/shadow",
                "root:$y$j9T$x:19000:0:99999:7:::\ndaemon:*:1::::::\nsync:!:1::::::\nopen::1::::::\n"
                        + "held:!$6$h:1::::::\r\nsvc:!*:1::::::\ndouble:!!:1::::::\n\njust text\n\377\376:h\344sh:x\n+nis::\nlast:h");
        guest.apply(operation);
        assertEquals(
                "root:!:19000:0:99999:7:::\ndaemon:*:1::::::\nsync:!:1::::::\nopen:!:1::::::\n"
                        + "held:!:1::::::\r\nsvc:!:1::::::\ndouble:!:1::::::\n\njust text\n\377\376:!:x\n+nis::\nlast:!",
                guest.text("/etc/shadow"));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void removes_backupsAndHashesInOtherFiles() throws IOException {
        guest.file("/etc/shadow", "a:*:\n").file("/etc/shadow-", "a:$6$:").file("/etc/gshadow-", "a:$6$:");
        guest.file("/var/backups/shadow.bak", "a:$6$:").file("/etc/gshadow", "wheel:$6$x:a:b\nusers:::\nadm:*::\n");
        guest.file("/etc/passwd", "root:x:0:0::/:\nold:$1$h:1:1::/:\nopen::2:2::/:\n+::::::\n");
        guest.file("/etc/passwd-", "old:$1$h:1:1::/:\n").file("/etc/group", "root:x:0:\nnone::1:\nold:h:2:a\n");
        List<Change> changes = guest.apply(operation);
        assertTrue(changes.contains(new Change.Scrub(GuestPath.of("/etc/shadow-"))));
        assertEquals(List.of("group", "gshadow", "passwd", "passwd-", "shadow"), guest.below("/etc"));
        assertEquals(List.of(), guest.below("/var/backups"));
        assertEquals("wheel:!:a:b\nusers:::\nadm:*::\n", guest.text("/etc/gshadow"));
        assertEquals("root:x:0:0::/:\nold:!:1:1::/:\nopen:!:2:2::/:\n+::::::\n", guest.text("/etc/passwd"));
        assertEquals("old:!:1:1::/:\n", guest.text("/etc/passwd-"));
        assertEquals("root:x:0:\nnone::1:\nold:!:2:a\n", guest.text("/etc/group"));
    }

    @Test
    public void warns_whenThereIsNoShadow() throws IOException {
        guest.directory("/etc");
        assertEquals(List.of(), guest.apply(operation));
        assertWarned("There is no file /etc/shadow");
    }

    @Test
    public void warns_whenShadowIsADirectoryOrALinkToItself() throws IOException {
        guest.link("/etc/shadow", "../../../../etc/shadow").directory("/etc/gshadow");
        assertEquals(List.of(), guest.apply(operation));
        assertWarned("There is no file /etc/shadow");
        assertWarned("symbolic links");
    }

    @Test
    public void follows_aLinkInTheGuest() throws IOException {
        guest.link("/etc/shadow", "/srv/shadow").file("/srv/shadow", "a:h:\n");
        guest.apply(operation);
        assertEquals("a:!:\n", guest.text("/srv/shadow"));
        assertTrue(guest.tree().stat(GuestPath.of("/etc/shadow")).orElseThrow().isSymlink());
    }

    @Test
    public void locks_inABigFile() throws IOException {
        guest.file("/etc/shadow", "u:h:1::::::\n".repeat(200_000));
        guest.apply(operation);
        assertEquals("u:!:1::::::\n".repeat(200_000), guest.text("/etc/shadow"));
    }

    @Test
    public void refuses_whatIsTooLongToLock() throws IOException {
        guest.file("/etc/shadow", "u:h:1::::::\n".repeat(1_500_000));
        assertThrows(ImageException.class, () -> guest.apply(operation));
    }
}
