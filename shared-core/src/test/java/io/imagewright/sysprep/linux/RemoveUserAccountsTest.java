package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.imagewright.sysprep.unix.MemoryTestBase;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class RemoveUserAccountsTest extends MemoryTestBase {

    private final RemoveUserAccounts operation = new RemoveUserAccounts();

    private void makeUsers() throws IOException {
        guest.file(
                "/etc/passwd",
                "root:x:0:0:root:/root:/bin/sh\nann:x:1000:1000:Ann,,,:/home/ann:/bin/sh\ndaemon:x:1:1::/usr/sbin:/bin/false\n"
                        + "bob:x:1001:100::/home/bob:/bin/sh\nnobody:x:65534:65534::/nonexistent:/bin/false\n+::::::\nlast:x:60000:60000::/home/last:");
        guest.file(
                "/etc/shadow", "root:*:1::::::\nann:$6$h:1::::::\r\nbob:!:1::::::\nnobody:*:1::::::\nlast:!:::::::\n");
        guest.file(
                "/etc/group",
                "root:x:0:\nsudo:x:27:ann,bob\nusers:x:100:\nann:x:1000:\nmix:x:1002:ann,daemon,bob\nlast:x:60000:daemon\nanna:x:5:anna\n");
        guest.file(
                "/etc/gshadow", "root:*::\nsudo:*:ann:ann,bob\nann:!::\nmix:!:bob,root:daemon,ann\nlast:!::daemon\n");
        guest.file("/etc/subuid", "ann:100000:65536\n1001:165536:65536\nroot:1:1\n")
                .file("/etc/subgid", "bob:100000:65536\n");
        guest.file("/home/ann/.profile", "x").file("/home/bob/x", "x").file("/home/kept/x", "x");
        guest.file("/var/mail/ann", "x").file("/var/mail/root", "x").file("/var/lib/systemd/linger/bob", "");
    }

    @Test
    public void removes_usersWithEverythingOfTheirs() throws IOException {
        makeUsers();
        guest.apply(operation);
        assertEquals(
                "root:x:0:0:root:/root:/bin/sh\ndaemon:x:1:1::/usr/sbin:/bin/false\nnobody:x:65534:65534::/nonexistent:/bin/false\n+::::::\n",
                guest.text("/etc/passwd"));
        assertEquals("root:*:1::::::\nnobody:*:1::::::\n", guest.text("/etc/shadow"));
        // the group of "last" stays, as daemon is in it; users:100 was nobody's own
        assertEquals(
                "root:x:0:\nsudo:x:27:\nusers:x:100:\nmix:x:1002:daemon\nlast:x:60000:daemon\nanna:x:5:anna\n",
                guest.text("/etc/group"));
        assertEquals("root:*::\nsudo:*::\nmix:!:root:daemon\nlast:!::daemon\n", guest.text("/etc/gshadow"));
        assertEquals("root:1:1\n", guest.text("/etc/subuid"));
        assertEquals("", guest.text("/etc/subgid"));
        assertEquals(List.of("kept", "kept/x"), guest.below("/home"));
        assertEquals(List.of("root"), guest.below("/var/mail"));
        assertEquals(List.of(), guest.below("/var/lib/systemd/linger"));
        assertEquals(List.of(), guest.warnings);
        assertFalse(operation.enabledByDefault());
    }

    @Test
    public void takes_theListsOfBothParameters() throws IOException {
        makeUsers();
        guest.apply(
                operation,
                Map.of(
                        "remove_user_accounts", List.of("ann", "bob", "root", "nobody", "none"),
                        "keep_user_accounts", List.of("bob")));
        assertFalse(guest.text("/etc/passwd").contains("ann:"));
        assertTrue(guest.text("/etc/passwd").contains("bob:")
                && guest.text("/etc/passwd").contains("last:"));
        assertTrue(guest.has("/home/bob/x"));
        assertEquals("1001:165536:65536\nroot:1:1\n", guest.text("/etc/subuid"));
        assertWarned("root is an account of the system");
        assertWarned("nobody is an account of the system");
        assertWarned("There is no user none.");
    }

    @Test
    public void asks_loginDefs() throws IOException {
        guest.file("/etc/login.defs", "UID_MIN 500\n#UID_MAX 1\nUID_MAX\t\t600\n");
        guest.file("/etc/passwd", "old:x:500:500::/home/old:\nann:x:1000:1000::/home/ann:\n");
        guest.apply(operation);
        assertEquals("ann:x:1000:1000::/home/ann:\n", guest.text("/etc/passwd"));
    }

    @Test
    public void keeps_homesThatAreNotTheUsersAlone() throws IOException {
        guest.file(
                "/etc/passwd",
                "root:x:0:0::/root:\na:x:1000:1::/:\nb:x:1001:1::/usr/share:\nc:x:1002:1::/var/www:\nd:x:1003:1::/home/shared:\n"
                        + "srv:x:99:1::/home/shared/srv:\ne:x:1004:1::/home/../etc:\nf:x:1005:1::/home:\ng:x:1006:1::/srv/g:\nh:x:1007:1::/home/h:\n");
        guest.file("/usr/share/x", "kept").file("/var/www/index.html", "kept").file("/home/shared/srv/x", "kept");
        guest.file("/srv/g/x", "x")
                .owner("/srv/g", 1006)
                .file("/etc/kept", "")
                .link("/home/h", "/etc")
                .owner("/var/www", 33);
        guest.apply(operation);
        assertEquals("root:x:0:0::/root:\nsrv:x:99:1::/home/shared/srv:\n", guest.text("/etc/passwd"));
        for (String kept : List.of("/usr/share/x", "/var/www/index.html", "/home/shared/srv/x", "/etc/kept")) {
            assertTrue(kept, guest.has(kept));
        }
        assertFalse(guest.has("/srv/g"));
        for (String user : List.of("a", "b", "c", "d", "f", "h")) {
            assertWarned("of the removed user " + user + " stays");
        }
        assertEquals(6, guest.warnings.size());
    }

    @Test
    public void follows_aHomeThatIsALinkIntoHomes() throws IOException {
        guest.file("/etc/passwd", "a:x:1000:1::/home/a:\n")
                .link("/home/a", "deep/a")
                .file("/home/deep/a/x", "x");
        guest.apply(operation);
        assertEquals(List.of("deep"), guest.below("/home"));
    }

    @Test
    public void stands_hostileFiles() throws IOException {
        guest.file(
                "/etc/passwd",
                "../../etc:x:1000:1::/home/x:\n..:x:1001:1::\n:x:1002:1::/:\n\0\377:x:1003:1::/home/\0:\nroot:x:0:0::/root:\nroot:x:1004:0::/root:\n"
                        + "u:x:1005:99999999999999999999::/home/u:\n" + ":".repeat(1 << 20));
        guest.file("/etc/shadow", "root:$6$:::\n")
                .file("/etc/group", "nothing\nu:x\n\n")
                .link("/etc/gshadow", "gshadow");
        guest.file("/var/mail/x", "kept").directory("/etc/subuid");
        guest.apply(operation);
        assertEquals("root:$6$:::\n", guest.text("/etc/shadow"));
        assertTrue(guest.text("/etc/passwd").contains("root:x:0:0::/root:\nroot:x:1004:0::/root:\n"));
        assertTrue(guest.has("/var/mail/x"));
        assertEquals("nothing\nu:x\n\n", guest.text("/etc/group"));
    }

    @Test
    public void doesNothing_withoutUsers() throws IOException {
        guest.directory("/etc");
        assertEquals(List.of(), guest.apply(operation));
        assertEquals(List.of(), guest.warnings);
    }
}
