package io.imagewright.sysprep.unix;

import java.io.IOException;
import java.util.List;

import io.imagewright.guest.GuestPath;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** Mail, and what editors leave. */
public class CleanupLeftoversTest extends MemoryTestBase {

    @Test
    public void mail_goesFromBothPlaces_andTheDirectoriesStay() throws IOException {
        guest.file("/var/mail/ann", "From x").file("/var/spool/mail/bob/.Maildir/new/1", "x");
        guest.file("/var/spool/postfix/maildrop/x", "kept");
        guest.apply(new CleanupMail());
        assertEquals(List.of(), guest.below("/var/mail"));
        assertEquals(List.of(), guest.below("/var/spool/mail"));
        assertTrue(guest.has("/var/spool/postfix/maildrop/x"));
        assertFalse(new CleanupMail().enabledByDefault());
    }

    @Test
    public void mail_isTakenOnce_whereOnePlaceIsALinkToTheOther() throws IOException {
        guest.link("/var/spool/mail", "../mail").file("/var/mail/ann", "x");
        assertEquals(1, guest.apply(new CleanupMail()).size());
        assertTrue(guest.has("/var/spool/mail"));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void mail_warnsOfAMissingPlace_andFollowsNoLinkIntoTheSystem() throws IOException {
        guest.link("/var/mail", "/etc").file("/etc/passwd", "kept");
        assertEquals(List.of(), guest.apply(new CleanupMail()));
        assertWarned("Directory: `/var/spool/mail' does not exist!");
        assertWarned("/var/mail leads to /etc");
    }

    @Test
    public void backups_goAtAnyDepth_andNothingElse() throws IOException {
        guest.file("/etc/fstab.bak", "x")
                .file("/etc/a/b/c~", "x")
                .file("/root/.bak", "x")
                .file("/srv/~", "x");
        guest.file("/var/backups/x.bak", "x").file("/tmp/x~", "x");
        guest.file("/home/ann/x.bak", "x").file("/usr/share/x~", "x").file("/opt/x.bak", "x");
        guest.file("/etc/bak", "x")
                .file("/etc/x.bak.gz", "x")
                .file("/etc/~x", "x")
                .directory("/etc/dir.bak");
        guest.link("/etc/link.bak", "bak");
        guest.apply(new BackupFiles());
        assertEquals(List.of("a", "a/b", "bak", "dir.bak", "link.bak", "x.bak.gz", "~x"), guest.below("/etc"));
        for (String directory : List.of("/root", "/srv", "/var/backups", "/tmp")) {
            assertEquals(List.of(), guest.below(directory));
        }
        assertTrue(guest.has("/home/ann/x.bak") && guest.has("/usr/share/x~") && guest.has("/opt/x.bak"));
    }

    @Test
    public void backups_withNamesThatAreNoText() throws IOException {
        guest.directory("/etc");
        guest.file(GuestPath.of("/etc").child(new byte[] {(byte) 0xff, '~'}))
                .file(GuestPath.of("/etc").child("a\n.bak"))
                .file(GuestPath.of("/etc").child("a~\n"));
        assertEquals(2, guest.apply(new BackupFiles()).size());
        assertEquals(1, guest.below("/etc").size());
    }

    @Test
    public void backups_areNotLookedForThroughALinkIntoTheSystem() throws IOException {
        guest.link("/srv", "/usr/share").file("/usr/share/x.bak", "kept").directory("/etc");
        assertEquals(List.of(), guest.apply(new BackupFiles()));
        assertWarned("/srv leads to /usr/share");
    }
}
