package io.imagewright.sysprep.unix;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

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

    /** One file for each path of virt-sysprep's operation logfiles. */
    @Test
    public void deletes_whatVirtSysprepDeletes() throws IOException {
        String log =
                "dpkg.log.1 audit/audit btmp-1 cron-2026 dmesg.0 lastlog maillog-1 mail/statistics messages-1 secure-1 spooler-1 "
                        + "tallylog wtmp.1 apache2/access_log-1 ntp tuned/tuned.log debug.1 syslog.1 faillog firewalld grubby xferlog "
                        + "BackupPC/LOG ceph/ceph.log.1 chrony/x.log cups/access_log glusterfs/glusterd.vol.log httpd/error_log jetty/a.log "
                        + "libvirt/libvirtd.log libvirt/qemu/a.log ppp/connect-errors setroubleshoot/a.log squid/a.log anaconda/x "
                        + "installer/x sa/sa01 gdm/x lightdm/x ntpstats/x rhsm/x journal/1/system.journal aptitude apt/term exim4/mainlog "
                        + "ConsoleKit/history";
        String elsewhere =
                "/var/named/data/named.run /var/lib/logrotate.status /root/install.log.syslog /root/anaconda-ks.cfg "
                        + "/root/anaconda-post.log /root/initial-setup-ks.cfg /root/original-ks.cfg /var/cache/gdm/x /var/cache/fontconfig/x "
                        + "/var/cache/man/x /var/lib/AccountService/users/ann /var/lib/AccountsService/users/ann /var/lib/fprint/ann/x "
                        + "/etc/Pegasus/a.cnf /etc/Pegasus/a.crt /etc/Pegasus/a.csr /etc/Pegasus/a.pem /etc/Pegasus/a.srl "
                        + "/var/lib/wtmpdb/wtmp.db /var/lib/lastlog/lastlog2.db";
        List<String> all = Stream.concat(
                        Stream.of(log.split(" ")).map("/var/log/"::concat), Stream.of(elsewhere.split(" ")))
                .toList();
        for (String path : all) {
            guest.file(path, "x");
        }
        guest.file("/var/lib/wtmpdb/kept", "x")
                .file("/etc/Pegasus/kept.conf", "x")
                .file("/root/kept.cfg", "x");
        guest.apply(operation);
        all.forEach(path -> assertFalse(path, guest.has(path)));
        for (String path : List.of("/var/lib/wtmpdb/kept", "/etc/Pegasus/kept.conf", "/root/kept.cfg")) {
            assertEquals("x", guest.text(path));
        }
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
