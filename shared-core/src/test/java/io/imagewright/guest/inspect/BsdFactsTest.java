package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.TreeBuilder;
import io.imagewright.guest.Volume;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** One small guest per BSD, with every fact that inspection finds in it. */
public class BsdFactsTest {

    private static final List<Volume> VOLUMES = List.of(
            new Volume(1, "BSD_disklabel", "", "", "", "", 0, 1),
            new Volume(Volume.FIRST_INSIDE, "ufs", "", "", "", "", 0, 1, 1, List.of("/dev/wd0a"), ""));

    private static Facts facts(GuestTree guest) {
        return Inspector.facts(
                guest, VOLUMES, List.of(new Mount(GuestPath.ROOT, Volume.FIRST_INSIDE)), "msdos", new byte[512]);
    }

    private static Facts facts(Consumer<TreeBuilder> content) {
        return facts(MemoryGuest.of(content));
    }

    private static void recognised(GuestTree guest) {
        assertEquals(
                new Recognition.Root(Volume.FIRST_INSIDE),
                Inspector.recognise(Map.of(Volume.FIRST_INSIDE, guest), VOLUMES));
    }

    private static Map<String, String> properties(String... pairs) {
        Map<String, String> expected = new java.util.TreeMap<>(
                Map.of("BOOTSTRAP", "none", "PARTITION_TABLE", "msdos", "ROOT_PARTITION", "1", "GUI", "No GUI"));
        for (int i = 0; i < pairs.length; i += 2) {
            expected.put(pairs[i], pairs[i + 1]);
        }
        return expected;
    }

    private static TreeBuilder freeBsd(TreeBuilder tree) {
        return tree.file("/bin/freebsd-version", "#!/bin/sh\nset -e\nUSERLAND_VERSION=\"11.1-RELEASE-p4\"\n")
                .symlink("/etc/os-release", "../var/run/os-release")
                .file("/etc/fstab", "")
                .file("/usr/sbin/sshd", "")
                .file(
                        "/etc/master.passwd",
                        "# $FreeBSD$\n#\nalice:$6$salt$hash:1001:1001::0:0:A:/home/alice:/bin/sh\n"
                                + "root::0:0::0:0:Charlie &:/root:/bin/csh\ntoor:*:0:0::0:0::/root:\n"
                                + "bob:*LOCKED*$6$salt$hash:1002:1002::0:0:B:/home/bob:/bin/sh\n"
                                + "b b:$6$x:1003:1::0:0:::\n");
    }

    @Test
    public void freeBsd_whoseOsReleaseIsMadeAtBoot() {
        MemoryGuest guest = MemoryGuest.of(tree -> freeBsd(tree)
                .file("/etc/rc.conf", "sshd_enable=\"NO\"\n# sshd_enable=NO\n  sshd_enable=\"Yes\"  # remote\n")
                .file("/etc/ssh/sshd_config", "#PermitRootLogin no\nPort 2222\n"));
        recognised(guest);
        Facts facts = facts(guest);
        assertEquals(
                properties(
                        "OSFAMILY", "freebsd",
                        "OS", "freebsd",
                        "DESCRIPTION", "FreeBSD 11.1-RELEASE-p4",
                        "SORTORDER", "6001101",
                        "KERNEL", "FreeBSD 11.1",
                        "USERS", "root alice",
                        "REMOTE_CONNECTION", "ssh:port=2222,user=alice"),
                facts.properties());
        assertEquals(List.of("Ignoring the account 'b b', whose name is not printable."), facts.warnings());
    }

    @Test
    public void freeBsd_thatRan_withRootOverSsh() {
        Facts facts = facts(tree -> freeBsd(tree)
                .file(
                        "/var/run/os-release",
                        "NAME=FreeBSD\nVERSION=14.1-RELEASE\nVERSION_ID=14.1\nID=freebsd\n"
                                + "PRETTY_NAME=\"FreeBSD 14.1-RELEASE\"\n")
                .file("/etc/rc.conf", "sshd_enable=NO\n")
                .file("/etc/rc.conf.local", "sshd_enable=on\n")
                .file("/etc/ssh/sshd_config", "PermitRootLogin yes\n"));
        assertEquals("FreeBSD 14.1-RELEASE", facts.properties().get("DESCRIPTION"));
        assertEquals("6001401", facts.properties().get("SORTORDER"));
        assertEquals("FreeBSD 14.1", facts.properties().get("KERNEL"));
        assertEquals(
                "ssh:port=22,user=root ssh:port=22,user=alice",
                facts.properties().get("REMOTE_CONNECTION"));
    }

    @Test
    public void freeBsd_withoutSshd() {
        Facts facts = facts(tree -> freeBsd(tree).file("/etc/rc.conf", "sshd_enable=YES\nsshd_enable=NO\n"));
        assertFalse(facts.properties().containsKey("REMOTE_CONNECTION"));
        assertEquals(List.of("Ignoring the account 'b b', whose name is not printable."), facts.warnings());
    }

    @Test
    public void netBsd() {
        MemoryGuest guest = MemoryGuest.of(tree -> tree.file("/netbsd", "kernel")
                .file("/etc/release", "NetBSD 9.3/amd64\nBuild ID 202208041230Z\n")
                .dir("/bin")
                .file("/usr/X11R7/bin/startx", "")
                .file("/etc/defaults/rc.conf", "sshd=NO\t\tsshd_flags=\"\"\n")
                .file("/etc/rc.conf", "sshd=YES\n")
                .file("/etc/master.passwd", "root:$sha1$24000$x$y:0:0::0:0:C:/root:/bin/sh\ntoor:*:0:0::0:0:::\n"));
        recognised(guest);
        assertEquals(
                properties(
                        "OSFAMILY", "netbsd",
                        "OS", "netbsd",
                        "DESCRIPTION", "NetBSD 9.3/amd64",
                        "SORTORDER", "5000903",
                        "KERNEL", "NetBSD 9.3",
                        "GUI", "Unknown",
                        "USERS", "root",
                        "REMOTE_CONNECTION", "ssh:port=22,user=root"),
                facts(guest).properties());
    }

    private static TreeBuilder openBsd(TreeBuilder tree) {
        return tree.dir("/bin").file("/etc/master.passwd", "root:$2b$10$hash:0:0:daemon:0:0:C:/root:/bin/ksh\n");
    }

    @Test
    public void openBsd_byItsMotd() {
        MemoryGuest guest = MemoryGuest.of(tree -> openBsd(tree)
                .file("/bsd", "kernel")
                .file("/etc/motd", "OpenBSD 7.5 (GENERIC.MP) #82: Wed Mar 20 15:48:40 MDT 2024\n\nWelcome\n"));
        recognised(guest);
        assertEquals(
                properties(
                        "OSFAMILY", "openbsd",
                        "OS", "openbsd",
                        "DESCRIPTION", "OpenBSD 7.5 (GENERIC.MP)",
                        "SORTORDER", "4000705",
                        "KERNEL", "OpenBSD 7.5",
                        "USERS", "root",
                        "REMOTE_CONNECTION", "ssh:port=22,user=root"),
                facts(guest).properties());
        assertFalse(facts(tree -> openBsd(tree)
                        .file("/bsd", "kernel")
                        .file("/etc/rc.conf", "sshd_flags=\n")
                        .file("/etc/rc.conf.local", "sshd_flags=NO\n"))
                .properties()
                .containsKey("REMOTE_CONNECTION"));
    }

    /** The motd of one that never ran has no version; the text lies across the pieces in which the kernel is read. */
    @Test
    public void openBsd_byItsKernel() {
        String text = "    @(#)OpenBSD 7.6 (GENERIC) #332: Mon Sep 30 08:45:05 MDT 2024\n    x@y:/z\n\0";
        for (int at : new int[] {0, (1 << 20) - 300, (1 << 20) - 200, (1 << 20) - 20, 3 << 20}) {
            Facts facts = facts(tree -> openBsd(tree)
                    .file("/bsd", "\0".repeat(at) + text + "\0".repeat(1 << 20))
                    .file("/etc/motd", "OpenBSD ?.? (UNKNOWN)\n"));
            assertEquals("at " + at, "OpenBSD 7.6 (GENERIC)", facts.properties().get("DESCRIPTION"));
        }
        Facts silent = facts(tree -> openBsd(tree).file("/bsd", "\0".repeat(5 << 20) + "@(#)OpenBSD"));
        assertEquals("OpenBSD", silent.properties().get("DESCRIPTION"));
        assertEquals("4000000", silent.properties().get("SORTORDER"));
        assertTrue(silent.warnings().toString(), silent.warnings().get(0).contains("version of OpenBSD is not known"));
    }

    @Test
    public void fileSystems_byTheFstabOfEach() {
        List<Volume> freebsd = List.of(
                new Volume(1, "", "", "", "", "boot", 0, 1),
                new Volume(2, "ufs", "0123456789abcdef", "rootfs", "6d0f-1", "root", 0, 1),
                new Volume(3, "ufs", "", "", "6d0f-2", "varfs", 0, 1),
                new Volume(4, "vfat", "", "EFISYS", "", "", 0, 1),
                new Volume(5, "ufs", "fedcba9876543210", "", "", "", 0, 1));
        for (String root : List.of(
                "/dev/ada0p2",
                "/dev/da0p2",
                "/dev/vtbd0p2",
                "/dev/nda0p2",
                "/dev/gpt/root",
                "/dev/gptid/6d0f-1",
                "/dev/ufs/rootfs",
                "/dev/ufsid/0123456789abcdef")) {
            assertEquals(root, 2, (int) DeviceNames.partition(root, freebsd).orElse(-1));
        }
        assertEquals(true, DeviceNames.partition("/dev/ada1p2", freebsd).isEmpty());
        assertEquals(true, DeviceNames.partition("/dev/ada0p9", freebsd).isEmpty());
        MemoryGuest guest = MemoryGuest.of(tree -> tree.file(
                        "/etc/fstab",
                        "# Device Mountpoint FStype Options Dump Pass#\n/dev/gpt/root / ufs rw 1 1\n"
                                + "/dev/gpt/varfs /var ufs rw 2 2\n/dev/ufsid/fedcba9876543210 /usr ufs rw 2 2\n"
                                + "/dev/msdosfs/EFISYS /boot/efi msdosfs rw 2 2\n/dev/gpt/swap none swap sw 0 0\n"
                                + "fdesc /dev/fd fdescfs rw 0 0\nproc /proc procfs rw 0 0\n"
                                + "/dev/cd0 /cdrom cd9660 ro,noauto 0 0\ntmpfs /tmp tmpfs rw 0 0\n")
                .dir("/usr")
                .dir("/var")
                .dir("/boot/efi"));
        List<String> warnings = new java.util.ArrayList<>();
        assertEquals(
                List.of(
                        new Mount(GuestPath.ROOT, 2),
                        new Mount(GuestPath.of("/usr"), 5),
                        new Mount(GuestPath.of("/var"), 3),
                        new Mount(GuestPath.of("/boot/efi"), 4)),
                Inspector.mounts(guest, 2, freebsd, warnings::add));
        assertEquals(List.of(), warnings);
    }
}
