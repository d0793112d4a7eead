package io.imagewright.sysprep.unix;

import java.io.IOException;
import java.util.List;

import io.imagewright.guest.GuestPath;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class CleanupLogTest extends OperationTestBase {

    private static final String ID = "0123456789abcdef0123456789abcdef";

    private final CleanupLog operation = new CleanupLog();

    @Test
    public void deletes_knownLogsAndJournals_andEmptiesOthers() throws IOException {
        guest.file("/var/log/syslog.1", "x").file("/var/log/dpkg.log", "x").file("/var/log/wtmp", "x");
        guest.file("/var/log/installer/cdebconf/questions.dat", "x").file("/var/log/apt/history.log", "x");
        guest.file("/var/log/journal/" + ID + "/system.journal", "LPKSHHRH");
        guest.file("/run/log/journal/" + ID + "/system.journal", "LPKSHHRH");
        guest.file("/var/log/other/service.out", "x").file("/var/log/other/empty", "");
        guest.file("/var/lib/logrotate.status", "x")
                .file("/root/install.log", "x")
                .file("/root/kept", "x");
        guest.apply(operation);
        assertEquals(
                List.of("apt", "installer", "journal", "other", "other/empty", "other/service.out"),
                guest.below("/var/log"));
        assertEquals("", guest.text("/var/log/other/service.out"));
        assertEquals(List.of(), guest.below("/run/log/journal"));
        assertFalse(guest.has("/var/lib/logrotate.status"));
        assertEquals(List.of("kept"), guest.below("/root"));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void follows_aLogDirectoryThatIsALink() throws IOException {
        guest.link("/var/log", "other").file("/var/other/a.log", "x").file("/var/other/b", "x");
        guest.apply(operation);
        assertEquals(List.of("b"), guest.below("/var/other"));
        assertEquals("", guest.text("/var/other/b"));
    }

    @Test
    public void leaves_theSystemAloneWhenALogDirectoryLeadsIntoIt() throws IOException {
        guest.link("/var/log", "../etc").file("/etc/passwd", "x").file("/etc/a.log", "x");
        assertEquals(List.of(), guest.apply(operation));
        assertEquals(1, guest.warnings.size());
        assertWarned("/var/log leads to /etc");
    }

    @Test
    public void doesNotFollow_linksBelow() throws IOException {
        guest.link("/var/log/current", "/etc").link("/var/log/apt", "../../etc").file("/etc/passwd", "x");
        assertEquals(List.of(), guest.apply(operation));
        assertEquals("x", guest.text("/etc/passwd"));
    }

    @Test
    public void empties_namesThatAreNoText() throws IOException {
        guest.directory("/var/log");
        guest.file(GuestPath.of("/var/log").child("a\nb"))
                .file(GuestPath.of("/var/log").child(new byte[] {(byte) 0xfe}));
        guest.file(GuestPath.of("/var/log").child(new byte[] {(byte) 0xfe, '.', 'l', 'o', 'g'}));
        assertEquals(3, guest.apply(operation).size());
        assertEquals(2, guest.below("/var/log").size());
    }

    @Test
    public void keeps_theDatabaseOfSlackwaresPackages() throws IOException {
        guest.distribution("slackware");
        guest.file("/var/log/packages/bash.log-5", "PACKAGE").file("/var/log/scripts/bash", "x");
        guest.file("/var/log/a.log", "x");
        guest.apply(operation);
        assertEquals("PACKAGE", guest.text("/var/log/packages/bash.log-5"));
        assertEquals("x", guest.text("/var/log/scripts/bash"));
        assertFalse(guest.has("/var/log/a.log"));
    }

    @Test
    public void warns_whenThereAreNoLogs() throws IOException {
        guest.directory("/etc");
        assertEquals(List.of(), guest.apply(operation));
        assertEquals(List.of("Directory: `/var/log' does not exist!"), guest.warnings);
        assertTrue(operation.enabledByDefault());
    }
}
