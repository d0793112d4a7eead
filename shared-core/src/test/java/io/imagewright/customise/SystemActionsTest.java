package io.imagewright.customise;

import java.io.IOException;
import java.util.List;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestView;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class SystemActionsTest extends CustomiseTestBase {

    private static final String UNITS = "/etc/systemd/system/";

    @Test
    public void hostname_isWrittenAndReplacedInHosts() throws IOException {
        guest.file("/etc/hostname", "guest\n");
        guest.file(
                "/etc/hosts",
                "127.0.0.1 localhost guest\n127.0.1.1\tguest.old.org guest # own\n::1 ip6-localhost\n10.0.0.1 guest\n");
        apply("hostname: web.example.org");
        assertEquals("web.example.org\n", guest.text("/etc/hostname"));
        assertEquals(
                "127.0.0.1\tlocalhost web.example.org web\n127.0.1.1\tweb.example.org web # own\n::1 ip6-localhost\n10.0.0.1 guest\n",
                guest.text("/etc/hosts"));
        assertEquals(List.of(), apply("hostname: web.example.org"));
    }

    @Test
    public void hostname_goesToTheFilesOfOlderSystemsToo() throws IOException {
        guest.file("/etc/HOSTNAME", "darkstar\n").file("/etc/sysconfig/network", "NETWORKING=yes\nHOSTNAME=old\n");
        guest.file("/etc/conf.d/hostname", "# Set\nhostname=\"old\"\n").file("/etc/hosts", "127.0.0.1 localhost");
        apply("hostname: web");
        assertEquals("web\n", guest.text("/etc/hostname"));
        assertEquals("web\n", guest.text("/etc/HOSTNAME"));
        assertEquals("NETWORKING=yes\nHOSTNAME=\"web\"\n", guest.text("/etc/sysconfig/network"));
        assertEquals("# Set\nhostname=\"web\"\n", guest.text("/etc/conf.d/hostname"));
        assertEquals("127.0.0.1 localhost", guest.text("/etc/hosts"));
    }

    @Test
    public void hostname_replacesALinkToNothing() throws IOException {
        guest.link("/etc/hostname", "/run/hostname");
        apply("hostname: web");
        assertEquals("web\n", guest.text("/etc/hostname"));
    }

    @Test
    public void timezone_linksTheZone_andNamesItWhereItIsNamed() throws IOException {
        zones();
        guest.file("/etc/localtime", "TZif old").file("/etc/timezone", "Etc/UTC\n");
        guest.file("/etc/sysconfig/clock", "UTC=true\nZONE=\"UTC\"\n");
        apply("timezone: Europe/Athens");
        assertEquals("../usr/share/zoneinfo/Europe/Athens", target("/etc/localtime"));
        assertEquals("TZif2", guest.text("/etc/localtime"));
        assertEquals("Europe/Athens\n", guest.text("/etc/timezone"));
        assertEquals("UTC=true\nZONE=\"Europe/Athens\"\n", guest.text("/etc/sysconfig/clock"));
        assertEquals(List.of(), apply("timezone: Europe/Athens"));
    }

    @Test
    public void timezone_isRefused_whenTheGuestDoesNotKnowIt() throws IOException {
        assertRefused("no time zones in /usr/share/zoneinfo", "timezone: Europe/Athens");
        guest.close();
        guest = new io.imagewright.sysprep.unix.TestGuest(
                folder.newFolder("second").toPath());
        zones();
        assertRefused("Did you mean Europe/Athens?", "timezone: Europe/Athen");
        assertRefused("does not know the time zone leapseconds", "timezone: leapseconds");
        assertRefused("does not know the time zone Europe", "timezone: Europe");
    }

    private void zones() throws IOException {
        guest.file("/usr/share/zoneinfo/Europe/Athens", "TZif2").file("/usr/share/zoneinfo/Etc/UTC", "TZif2");
        guest.file("/usr/share/zoneinfo/leapseconds", "# text");
    }

    @Test
    public void firstboot_installsScriptsThatRunOnce_inOrder() throws IOException {
        guest.file("/usr/lib/systemd/systemd", "x");
        host("grow.sh", "#!/bin/sh\necho grow\n");
        apply("firstboot: { name: grow, script: 'file:grow.sh' }", "firstboot: { script: \"#!/bin/sh\\necho two\" }");
        assertEquals("#!/bin/sh\necho grow\n", guest.text("/usr/libexec/imagewright-firstboot/01-grow"));
        assertEquals("#!/bin/sh\necho two\n", guest.text("/usr/libexec/imagewright-firstboot/02-script"));
        assertEquals("700 0:0", mode("/usr/libexec/imagewright-firstboot/01-grow"));
        String first = guest.text(UNITS + "imagewright-firstboot-01-grow.service");
        assertTrue(first, first.contains("ConditionPathExists=!/var/lib/imagewright-firstboot/01-grow\n"));
        assertTrue(first, first.contains("ExecStart=/usr/libexec/imagewright-firstboot/01-grow\n"));
        assertTrue(first, first.contains("After=local-fs.target network-online.target\n"));
        String second = guest.text(UNITS + "imagewright-firstboot-02-script.service");
        assertTrue(second, second.contains("network-online.target imagewright-firstboot-01-grow.service\n"));
        assertEquals(
                UNITS + "imagewright-firstboot-01-grow.service",
                target(UNITS + "multi-user.target.wants/imagewright-firstboot-01-grow.service"));
        assertEquals("755 0:0", mode("/var/lib/imagewright-firstboot"));
        assertEquals(
                "enable imagewright-firstboot-*.service\n",
                guest.text("/etc/systemd/system-preset/00-imagewright-firstboot.preset"));
    }

    @Test
    public void firstboot_isRefused_withoutSystemd_orAScript() throws IOException {
        assertRefused("not run by systemd", "firstboot: { script: \"#!/bin/sh\\n\" }");
        guest.apply(List.of(
                new Change.MakeDirectory(GuestPath.of("/lib"), 0755, 0, 0),
                new Change.MakeDirectory(GuestPath.of("/lib/systemd"), 0755, 0, 0),
                Change.Write.of(GuestPath.of("/lib/systemd/systemd"), Bytes.EMPTY)));
        assertRefused("does not begin with #!", "firstboot: { script: echo }");
        assertRefused("line ends of Windows", "firstboot: { script: \"#!/bin/sh\\r\\necho\\r\\n\" }");
    }

    @Test
    public void selinuxSeal_asksForLabels_onlyWhenAFileHasNone() throws IOException {
        selinux("enforcing");
        guest.file("/etc/motd", "x");
        guest.apply(List.of(new Change.SetXattr(GuestPath.of("/etc/motd"), "security.selinux", Bytes.of("etc_t"))));
        assertEquals(List.of(), sealed("write: { path: /etc/motd, content: y }", "delete: /etc/motd"));
        assertEquals(List.of(), sealed("write: { path: /etc/motd, content: y }", "chmod: { path: /etc, mode: 0700 }"));
        Change flag = Change.Write.of(GuestPath.of("/.autorelabel"), Bytes.EMPTY);
        assertEquals(List.of(flag), sealed("write: { path: /etc/fresh, content: y }"));
        assertEquals(List.of(flag), sealed("mkdir: /srv/fresh"));
        assertEquals(List.of(flag), sealed("link: { path: /etc/link, target: motd }"));
        guest.apply(List.of(flag));
        assertEquals(List.of(), sealed("write: { path: /etc/fresh, content: y }"));
    }

    @Test
    public void selinuxSeal_leavesOthersAlone() throws IOException {
        assertEquals(List.of(), sealed("write: { path: /etc/fresh, content: y }"));
        guest.apply(List.of(
                new Change.MakeDirectory(GuestPath.of("/etc/selinux"), 0755, 0, 0),
                new Change.MakeDirectory(GuestPath.of("/etc/selinux/targeted"), 0755, 0, 0)));
        for (String config :
                List.of("SELINUX=disabled\nSELINUXTYPE=targeted\n", "SELINUX=enforcing\nSELINUXTYPE=mls\n")) {
            guest.apply(List.of(Change.Write.of(GuestPath.of("/etc/selinux/config"), Bytes.of(config))));
            assertEquals(config, List.of(), sealed("write: { path: /etc/fresh, content: y }"));
        }
    }

    private void selinux(String state) throws IOException {
        guest.file("/etc/selinux/config", "# SELINUX= can be\nSELINUX=" + state + "\nSELINUXTYPE=targeted\n");
        guest.directory("/etc/selinux/targeted");
    }

    private List<Change> sealed(String... items) throws IOException {
        List<Change> changes = plan(items).changes();
        GuestView after = new GuestView(guest.tree());
        after.add(changes);
        return SelinuxSeal.plan(after, changes, false);
    }
}
