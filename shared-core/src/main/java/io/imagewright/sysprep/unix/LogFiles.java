package io.imagewright.sysprep.unix;

import java.util.List;
import java.util.stream.Stream;

/** The logs that are deleted, not emptied: the paths that virt-sysprep removes (its operation logfiles), and their successors. */
final class LogFiles {

    private static final List<String> BELOW_VAR_LOG = List.of(
            "*.log*",
            "audit/*",
            "btmp*",
            "cron*",
            "dmesg*",
            "lastlog*",
            "maillog*",
            "mail/*",
            "messages*",
            "secure*",
            "spooler*",
            "tallylog*",
            "wtmp*",
            "apache2/*_log*",
            "ntp",
            "tuned/tuned.log",
            "debug*",
            "syslog*",
            "faillog*",
            "firewalld*",
            "grubby*",
            "xferlog*",
            "BackupPC/LOG",
            "ceph/*.log*",
            "chrony/*.log*",
            "cups/*_log*",
            "glusterfs/*.log*",
            "httpd/*log*",
            "jetty/*.log*",
            "libvirt/*.log*",
            "libvirt/*/*.log*",
            "ppp/connect-errors",
            "setroubleshoot/*.log*",
            "squid/*.log*",
            "anaconda*",
            "installer/*",
            "sa/*",
            "gdm/*",
            "lightdm/*",
            "ntpstats/*",
            "rhsm/*",
            "journal/*",
            "aptitude*",
            "apt/*",
            "exim4/*",
            "ConsoleKit/*");

    private static final List<String> ELSEWHERE = List.of(
            "run/log/journal/*",
            "var/named/data/named.run",
            "var/lib/logrotate.status",
            "var/lib/logrotate/logrotate.status",
            // what comes after wtmp and lastlog
            "var/lib/wtmpdb/wtmp.db*",
            "var/lib/lastlog/lastlog2.db*",
            "root/install.log*",
            "root/anaconda-ks.cfg",
            "root/anaconda-post.log",
            "root/initial-setup-ks.cfg",
            "root/original-ks.cfg",
            "var/cache/gdm/*",
            "var/cache/fontconfig/*",
            "var/cache/man/*",
            "var/lib/AccountService/users/*",
            "var/lib/AccountsService/users/*",
            "var/lib/fprint/*",
            "etc/Pegasus/*.cnf",
            "etc/Pegasus/*.crt",
            "etc/Pegasus/*.csr",
            "etc/Pegasus/*.pem",
            "etc/Pegasus/*.srl");

    private LogFiles() {}

    static Removal all() {
        return Removal.of(Stream.concat(BELOW_VAR_LOG.stream().map("var/log/"::concat), ELSEWHERE.stream())
                .toArray(String[]::new));
    }

    /** Those that are not below /var/log. */
    static Removal elsewhere() {
        return Removal.of(ELSEWHERE.toArray(String[]::new));
    }
}
