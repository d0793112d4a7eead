package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import io.imagewright.sysprep.unix.MemoryTestBase;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** Operations that change a few lines: sysctl, acpid, network interfaces, spools of cron, the reconfiguration flag. */
public class SettingsTest extends MemoryTestBase {

    private static final String SYSCTL = "/etc/sysctl.conf";
    private static final String OWN = "/etc/sysctl.d/99-imagewright-ipv6-privacy.conf";

    @Test
    public void ipv6_isSetWhereItIsSet() throws IOException {
        guest.file(
                SYSCTL, "# x\n-net/ipv6/conf/all/use_tempaddr=2\r\n#net.ipv6.conf.default.use_tempaddr=2\nkernel.x=1");
        guest.file(
                "/etc/sysctl.d/10-ipv6-privacy.conf",
                "net.ipv6.conf.all.use_tempaddr = 2\nnet.ipv6.conf.default.use_tempaddr = 2");
        guest.link("/etc/sysctl.d/99-sysctl.conf", "../sysctl.conf").link("/etc/sysctl.d/50-x.conf", "/dev/null");
        assertEquals(2, guest.apply(new DisableIpv6PrivacyExtensions()).size());
        assertEquals(
                "# x\n-net/ipv6/conf/all/use_tempaddr=0\r\n#net.ipv6.conf.default.use_tempaddr=2\nkernel.x=1",
                guest.text(SYSCTL));
        assertEquals(
                "net.ipv6.conf.all.use_tempaddr = 0\nnet.ipv6.conf.default.use_tempaddr = 0",
                guest.text("/etc/sysctl.d/10-ipv6-privacy.conf"));
        assertFalse(guest.has(OWN));
    }

    @Test
    public void ipv6_isAddedWhereItIsNotSet() throws IOException {
        guest.file(SYSCTL, "net.ipv6.conf.all.use_tempaddr=0\n").directory("/etc/sysctl.d");
        guest.apply(new DisableIpv6PrivacyExtensions());
        assertEquals("net.ipv6.conf.default.use_tempaddr = 0\n", guest.text(OWN));
    }

    @Test
    public void ipv6_isAddedToTheOldFile_whereThereIsNoDirectory() throws IOException {
        guest.file(SYSCTL, "kernel.x=1");
        guest.apply(new DisableIpv6PrivacyExtensions());
        assertEquals(
                "kernel.x=1\nnet.ipv6.conf.default.use_tempaddr = 0\nnet.ipv6.conf.all.use_tempaddr = 0\n",
                guest.text(SYSCTL));
    }

    @Test
    public void ipv6_needsAnEtc_andStandsGarbage() throws IOException {
        assertEquals(List.of(), guest.directory("/usr").apply(new DisableIpv6PrivacyExtensions()));
    }

    @Test
    public void ipv6_readsLongLinesInTime() throws IOException {
        guest.file(SYSCTL, " ".repeat(1 << 20) + "x\n" + "net.ipv6.conf.all.use_tempaddr" + " ".repeat(1 << 20));
        guest.apply(new DisableIpv6PrivacyExtensions());
        assertTrue(guest.text(SYSCTL)
                .endsWith("\nnet.ipv6.conf.default.use_tempaddr = 0\nnet.ipv6.conf.all.use_tempaddr = 0\n"));
    }

    @Test
    public void acpid_shutsDown_inTheFirstFileForThePowerButton() throws IOException {
        guest.file("/etc/acpi/events/a-lid", "event=button/lid\naction=/bin/lid\n");
        guest.file(
                "/etc/acpi/events/powerbtn",
                "# x\nevent=button/lid\nevent=button[ /]power\r\naction=/etc/acpi/powerbtn.sh\r\n");
        guest.file("/etc/acpi/events/z-power", "event=button/power.*\naction=x\n");
        guest.apply(new FixAcpid());
        assertEquals(
                "# x\nevent=button/lid\nevent=button[ /]power\r\naction=/sbin/shutdown -h now\r\n",
                guest.text("/etc/acpi/events/powerbtn"));
        assertEquals("event=button/power.*\naction=x\n", guest.text("/etc/acpi/events/z-power"));
        assertEquals(List.of(), guest.warnings);
    }

    @Test
    public void acpid_takesTheParameter_andAddsAMissingAction() throws IOException {
        guest.file("/etc/acpi/events/power", "event = button/power.*");
        guest.apply(new FixAcpid(), Map.of("powerbtn_action", List.of("/sbin/poweroff")));
        assertEquals("event = button/power.*\naction=/sbin/poweroff\n", guest.text("/etc/acpi/events/power"));
    }

    @Test
    public void acpid_stopsAtAFileForEverything() throws IOException {
        guest.file("/etc/acpi/events/anything", "event=.*\naction=/etc/acpi/default.sh %e\n");
        guest.file("/etc/acpi/events/power", "event=button/power.*\naction=x\n");
        assertEquals(List.of(), guest.apply(new FixAcpid()));
        assertWarned("/etc/acpi/events/anything is for every event");
    }

    @Test
    public void acpid_warnsWithoutAPowerButton_andIsSilentWithoutAcpid() throws IOException {
        guest.directory("/etc/acpi/events")
                .link("/etc/acpi/events/l", "../../passwd")
                .file("/etc/passwd", "event=button/power");
        assertEquals(List.of(), guest.apply(new FixAcpid()));
        assertWarned("No acpi power button event found!");
    }

    @Test
    public void interfaces_loseNameAndAddressOfThisMachine() throws IOException {
        String ifcfg =
                "DEVICE=eth0\r\nHWADDR=52:54:00:00:00:01\r\nHOSTNAME=here\nDHCP_HOSTNAME=\"here\"\nMACADDR=x\n#HWADDR=1\nexport HWADDR=2";
        guest.file("/etc/sysconfig/network-scripts/ifcfg-eth0", ifcfg)
                .file("/etc/sysconfig/network-scripts/route-eth0", ifcfg);
        guest.file(
                "/etc/NetworkManager/system-connections/a.nmconnection",
                "[ethernet]\nmac-address=52:54:00:00:00:01\ncloned-mac-address=stable\n[ipv4]\ndhcp-hostname=here\n");
        guest.apply(new NetHwaddr());
        guest.apply(new NetHostname());
        assertEquals("DEVICE=eth0\r\nMACADDR=x\n#HWADDR=1\n", guest.text("/etc/sysconfig/network-scripts/ifcfg-eth0"));
        assertEquals(ifcfg, guest.text("/etc/sysconfig/network-scripts/route-eth0"));
        assertEquals(
                "[ethernet]\ncloned-mac-address=stable\n[ipv4]\n",
                guest.text("/etc/NetworkManager/system-connections/a.nmconnection"));
    }

    @Test
    public void cron_losesJobs_andStartsItsNumbersAgain() throws IOException {
        guest.file("/var/spool/cron/crontabs/root", "x").file("/var/spool/cron/atjobs/.SEQ", "0001f\n");
        guest.file("/var/spool/cron/atjobs/a00001", "x").file("/var/spool/at/.SEQ", "x".repeat(1000));
        guest.file("/var/spool/atjobs/.SEQ", "00000\n")
                .file("/var/spool/atspool/a", "x")
                .link("/var/spool/cron/link", "/etc/passwd");
        guest.file("/etc/passwd", "kept").file("/etc/cron.d/job", "kept").file("/var/spool/anacron/cron.daily", "kept");
        guest.apply(new CronSpool());
        assertEquals(List.of("atjobs", "atjobs/.SEQ", "crontabs"), guest.below("/var/spool/cron"));
        assertEquals("00000\n", guest.text("/var/spool/cron/atjobs/.SEQ"));
        assertEquals("00000\n", guest.text("/var/spool/at/.SEQ"));
        assertEquals(List.of(), guest.below("/var/spool/atspool"));
        assertTrue(
                guest.has("/etc/passwd") && guest.has("/etc/cron.d/job") && guest.has("/var/spool/anacron/cron.daily"));
    }

    @Test
    public void cron_followsNoLinkOutOfVar() throws IOException {
        guest.link("/var/spool/cron", "/home").file("/home/ann/x", "kept").link("/var/spool/at", "at");
        assertEquals(List.of(), guest.apply(new CronSpool()));
    }

    @Test
    public void flag_isMade() throws IOException {
        guest.directory("/etc");
        guest.apply(new FlagReconfiguration());
        assertEquals("", guest.text("/.unconfigured"));
    }
}
