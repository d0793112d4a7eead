package io.imagewright.guest.inspect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.TreeBuilder;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

/** One small guest per family of distributions, each with every fact that inspection finds in it. */
public class DistributionFactsTest {

    private static final Map<String, String> LINUX = Map.of(
            "OSFAMILY", "linux", "BOOTSTRAP", "none", "PARTITION_TABLE", "gpt", "ROOT_PARTITION", "2", "GUI", "No GUI");

    static final String SSH_UNIT = "[Unit]\nDescription=OpenBSD Secure Shell server\n[Service]\n"
            + "ExecStartPre=/usr/sbin/sshd -t\nExecStart=/usr/sbin/sshd -D $SSHD_OPTS\n";

    private static final String NM_UNIT = "[Service]\nExecStart=/usr/sbin/NetworkManager --no-daemon\n";

    public static Facts facts(Consumer<TreeBuilder> content) {
        return facts(MemoryGuest.of(content));
    }

    public static Facts facts(GuestTree guest) {
        return Inspector.facts(guest, List.of(), List.of(new Mount(GuestPath.ROOT, 2)), "gpt", new byte[512]);
    }

    private static Map<String, String> linux(String... pairs) {
        Map<String, String> expected = new HashMap<>(LINUX);
        for (int i = 0; i < pairs.length; i += 2) {
            expected.put(pairs[i], pairs[i + 1]);
        }
        return expected;
    }

    /** A unit as packages install it, enabled. */
    static void enabled(TreeBuilder tree, String unit, String text) {
        tree.file("/usr/lib/systemd/system/" + unit, text)
                .symlink("/etc/systemd/system/multi-user.target.wants/" + unit, "/usr/lib/systemd/system/" + unit);
    }

    static TreeBuilder osRelease(TreeBuilder tree, String id, String version, String name) {
        return tree.file(
                        "/usr/lib/os-release",
                        "ID=" + id + "\nVERSION_ID=\"" + version + "\"\nPRETTY_NAME=\"" + name + "\"\n")
                .symlink("/etc/os-release", "../usr/lib/os-release");
    }

    @Test
    public void debian_withADesktop() {
        Facts facts = facts(tree -> {
            osRelease(tree, "debian", "12", "Debian GNU/Linux 12 (bookworm)")
                    .symlink("/bin", "usr/bin")
                    .symlink("/lib", "usr/lib")
                    .file("/boot/config-6.1.0-9-amd64", "")
                    .file("/boot/config-6.1.0-18-amd64", "")
                    .file("/usr/bin/startx", "")
                    .file("/usr/bin/gnome-session", "")
                    .file("/usr/bin/xfce4-session", "")
                    .file("/usr/bin/x2goruncommand", "")
                    .file("/usr/sbin/sshd", "")
                    .file(
                            "/etc/ssh/sshd_config",
                            "Include /etc/ssh/sshd_config.d/*.conf\n#Port 23\nPort 2022\n"
                                    + "PermitRootLogin yes\nMatch User x\n  PermitRootLogin yes\n")
                    .file("/etc/ssh/sshd_config.d/10-root.conf", "PermitRootLogin no\nMatch all\nPort 99\n")
                    .file("/etc/ssh/sshd_config.d/ignored.bak", "Port 98\n")
                    .file("/etc/login.defs", "#UID_MIN 1\nUID_MIN\t\t 1000\nUID_MAX 60000 # people\nSYS_UID_MIN 100\n")
                    .file(
                            "/etc/passwd",
                            "root:x:0:0::/root:/bin/bash\nbackup:x:34:34::/:\nu:x:1000:1000::/home/u:\n"
                                    + "n:x:65534:1:::\n")
                    .file(
                            "/etc/shadow",
                            "root:$y$a:1::::::\nbackup:$y$b:1::::::\nu:$y$c:1::::::\nn:$y$c:1::::::\n"
                                    + "daemon:*:1::::::\n");
            enabled(tree, "ssh.service", SSH_UNIT);
            enabled(tree, "NetworkManager.service", NM_UNIT);
        });
        assertEquals(
                linux(
                        "OS", "debian",
                        "DESCRIPTION", "Debian GNU/Linux 12 (bookworm)",
                        "SORTORDER", "7701200",
                        "KERNEL", "6.1.0-18-amd64",
                        "GUI", "GNOME | Xfce",
                        "USERS", "root u",
                        "REMOTE_CONNECTION", "ssh:port=2022,user=u x2go:session=GNOME x2go:session=XFCE",
                        "NM_NETWORKING", "yes"),
                facts.properties());
        assertEquals(
                List.of(
                        "Ignoring the account backup, which has a password, but the id 34 of a service: people's are 1000 to 60000 by login.defs.",
                        "Ignoring the account n, which has a password, but the id 65534 of a service: people's are 1000 to 60000 by login.defs."),
                facts.warnings());
    }

    @Test
    public void ubuntu_withCloudInit() {
        Facts facts = facts(tree -> osRelease(tree, "ubuntu", "22.04", "Ubuntu 22.04.3 LTS")
                .file("/boot/vmlinuz-6.2.0-39-generic", "")
                .file("/boot/config-6.2.0-39-generic", "")
                .file("/usr/lib/systemd/system-generators/cloud-init-generator", "")
                .file(
                        "/etc/cloud/cloud.cfg",
                        "users:\n  - default\nsystem_info:\n  distro: ubuntu\n  default_user:\n"
                                + "    name: ubuntu\n    lock_passwd: True\n")
                .file("/etc/cloud/cloud.cfg.d/05_logging.cfg", "## only comments\n")
                .file(
                        "/etc/cloud/cloud.cfg.d/99_user.cfg",
                        "system_info:\n  default_user:\n    name: ops\n"
                                + "users: [default, plain, {name: full, shell: /bin/sh}, {snapuser: a@b.c}, "
                                + "{name: gone, inactive: true}, {name: service, system: true}]\n")
                .file("/etc/cloud/cloud.cfg.d/README", "users: [readme]\n")
                .file("/etc/shadow", "root:*:1::::::\nx:$6$a:1::::::\n")
                .file("/usr/lib/systemd/system/ssh.service", SSH_UNIT)
                .file("/usr/lib/systemd/system/ssh.socket", "[Socket]\nListenStream=22\n")
                .symlink("/etc/systemd/system/sockets.target.wants/ssh.socket", "/usr/lib/systemd/system/ssh.socket")
                .file(
                        "/var/lib/dpkg/status",
                        "Package: xubuntu-desktop\nStatus: deinstall ok config-files\nVersion: 1\n"));
        assertEquals(
                linux(
                        "OS", "ubuntu",
                        "DESCRIPTION", "Ubuntu 22.04.3 LTS",
                        "SORTORDER", "7802204",
                        "KERNEL", "6.2.0-39-generic",
                        "CLOUD_INIT", "yes",
                        "CLOUD_INIT_DEFAULT_USER", "ops",
                        "USERS", "ops plain full",
                        "REMOTE_CONNECTION", "ssh:port=22,user=ops ssh:port=22,user=plain ssh:port=22,user=full"),
                facts.properties());
        assertEquals(List.of(), facts.warnings());
    }

    @Test
    public void flavoursOfUbuntu_areTheirDesktopPackage() {
        for (String[] flavour :
                new String[][] {{"kubuntu", "Kubuntu"}, {"lubuntu", "Lubuntu"}, {"xubuntu", "Xubuntu"}}) {
            Facts facts = facts(tree -> osRelease(tree, "ubuntu", "20.04", "Ubuntu 20.04.6 LTS")
                    .file(
                            "/var/lib/dpkg/status",
                            "Package: adduser\nStatus: install ok installed\nVersion: 3\n\nPackage: "
                                    + flavour[0]
                                    + "-desktop\nStatus: install ok installed\nDescription: x\n Status: no\n\n"
                                    + "Package: linux-image-5.4.0-9-generic\nStatus: install ok installed\nVersion: 5.4.0-9.1\n\n"
                                    + "Package: linux-image-unsigned-5.4.0-10-generic\nStatus: hold ok installed\nVersion: 5.4.0-10.1\n\n"
                                    + "Package: linux-image-5.4.0-99-generic\nStatus: deinstall ok config-files\n\n"
                                    + "Package: linux-image-5.4.0-98-generic-dbg\nStatus: install ok installed\n"));
            assertEquals(
                    linux(
                            "OS",
                            flavour[0],
                            "DESCRIPTION",
                            flavour[1] + " 20.04.6 LTS",
                            "SORTORDER",
                            "7802004",
                            "KERNEL",
                            "5.4.0-10-generic"),
                    facts.properties());
        }
    }

    @Test
    public void bitnami_isWhatItsReadmeSays() {
        Facts facts = facts(tree -> osRelease(tree, "debian", "11", "Debian GNU/Linux 11 (bullseye)")
                .file("/opt/bitnami/README.txt", "Bitnami WordPress Stack\nmore\n"));
        assertEquals(
                linux(
                        "OS", "bitnami",
                        "DESCRIPTION", "Bitnami WordPress Stack",
                        "OSVERSION", "Debian GNU/Linux 11 (bullseye)",
                        "SORTORDER", "7701100"),
                facts.properties());
    }

    @Test
    public void fedora_withBootEntries_andWaylandOnly() {
        Facts facts = facts(tree -> {
            osRelease(tree, "fedora", "39", "Fedora Linux 39 (Workstation Edition)")
                    .file(
                            "/boot/loader/entries/abc-6.5.6-300.fc39.x86_64.conf",
                            "title Fedora\nversion 6.5.6-300.fc39.x86_64\n")
                    .file("/boot/loader/entries/abc-6.10.3-100.fc39.x86_64.conf", "version\t6.10.3-100.fc39.x86_64\n")
                    .file("/boot/loader/entries/abc-0-rescue.conf", "version 0-rescue-abc\n")
                    .file("/boot/loader/entries/notes.txt", "version 9\n")
                    .file("/usr/bin/startplasma-wayland", "")
                    .file("/usr/bin/sshd", "");
            enabled(tree, "NetworkManager.service", NM_UNIT);
            tree.file("/usr/lib/systemd/system/sshd.service", SSH_UNIT)
                    .symlink("/etc/systemd/system/sshd.service", "/dev/null")
                    .symlink(
                            "/etc/systemd/system/multi-user.target.wants/sshd.service",
                            "/usr/lib/systemd/system/sshd.service");
        });
        assertEquals(
                linux(
                        "OS", "fedora",
                        "DESCRIPTION", "Fedora Linux 39 (Workstation Edition)",
                        "SORTORDER", "7583900",
                        "KERNEL", "6.10.3-100.fc39.x86_64",
                        "GUI", "KDE",
                        "NM_NETWORKING", "yes"),
                facts.properties());
        assertEquals(List.of(), facts.warnings());
    }

    @Test
    public void olderRhel_hasScripts_andADamagedRpmDatabaseIsWarnedOf() {
        Facts facts = facts(
                tree -> tree.file("/etc/redhat-release", "Red Hat Enterprise Linux Server release 6.10 (Santiago)\n")
                        .file("/var/lib/rpm/Packages", "")
                        .file("/etc/shadow", "root:$6$a:1::::::\n")
                        .file("/etc/init.d/sshd", "#!/bin/bash\n# /usr/sbin/sshd \nSSHD=/usr/sbin/sshd\n")
                        .symlink("/etc/rc.d/rc3.d/S55sshd", "../../init.d/sshd")
                        .file("/etc/rc.d/rc3.d/K84NetworkManager", "exec=/usr/sbin/NetworkManager \n"));
        assertEquals(
                linux(
                        "OS", "rhel",
                        "DESCRIPTION", "Red Hat Enterprise Linux Server release 6.10 (Santiago)",
                        "SORTORDER", "7600610",
                        "USERS", "root",
                        "REMOTE_CONNECTION", "ssh:port=22,user=root"),
                facts.properties());
        assertEquals(
                List.of(
                        "Cannot read /var/lib/rpm/Packages of the guest: it is too short for a database. Look at the file in the"
                                + " guest."),
                facts.warnings());
    }

    @Test
    public void oracleLinux_isKnownByItsOwnFile() {
        Facts facts = facts(tree -> osRelease(tree, "ol", "8.9", "Oracle Linux Server 8.9")
                .file("/etc/oracle-release", "Oracle Linux Server release 8.9\n")
                .dir("/usr/lib/modules/5.15.0-200.el8uek.x86_64")
                .dir("/usr/lib/modules/4.18.0-513.el8.x86_64"));
        assertEquals(
                linux(
                        "OS", "oraclelinux",
                        "DESCRIPTION", "Oracle Linux Server release 8.9",
                        "SORTORDER", "7280809",
                        "KERNEL", "5.15.0-200.el8uek.x86_64"),
                facts.properties());
    }

    @Test
    public void openSuse_withItsConfigurationBelowUsr() {
        Facts facts = facts(tree -> {
            osRelease(tree, "opensuse-leap", "15.5", "openSUSE Leap 15.5")
                    .file("/boot/vmlinuz-5.14.21-150500.53-default", "")
                    .symlink("/boot/vmlinuz", "vmlinuz-5.14.21-150500.53-default")
                    .file("/usr/etc/ssh/sshd_config", "Port=2222\n")
                    .file("/usr/etc/login.defs", "UID_MIN 500\n")
                    .file("/etc/passwd", "old:x:500:100:::\n")
                    .file("/etc/shadow", "old:$6$a:1::::::\n");
            enabled(tree, "sshd.service", SSH_UNIT);
        });
        assertEquals(
                linux(
                        "OS", "opensuse",
                        "DESCRIPTION", "openSUSE Leap 15.5",
                        "SORTORDER", "7441505",
                        "KERNEL", "5.14.21-150500.53-default",
                        "USERS", "old",
                        "REMOTE_CONNECTION", "ssh:port=2222,user=old"),
                facts.properties());
    }

    @Test
    public void arch_hasItsKernelFromPacman() {
        Facts facts = facts(tree -> osRelease(tree, "arch", "", "Arch Linux")
                .file("/boot/vmlinuz-linux", "")
                .dir("/var/lib/pacman/local/linux-lts-6.1.68-1")
                .dir("/var/lib/pacman/local/linux-api-headers-6.4-1")
                .dir("/var/lib/pacman/local/linux-firmware-20231211-1")
                .file("/var/lib/pacman/local/ALPM_DB_VERSION", "9\n"));
        assertEquals(
                linux("OS", "archlinux", "DESCRIPTION", "Arch Linux", "SORTORDER", "7400000", "KERNEL", "6.1.68-1 LTS"),
                facts.properties());
        Facts both = facts(tree -> tree.file("/etc/arch-release", "")
                .dir("/var/lib/pacman/local/linux-lts-6.1.68-1")
                .dir("/var/lib/pacman/local/linux-6.6.7.arch1-1"));
        assertEquals("6.6.7.arch1-1", both.properties().get("KERNEL"));
    }

    @Test
    public void alpine_withOpenRc() {
        Facts facts = facts(tree -> osRelease(tree, "alpine", "3.19.0", "Alpine Linux v3.19")
                .file(
                        "/lib/apk/db/installed",
                        "C:Q1\nP:linux-virt\nV:6.6.7-r0\nF:boot\n\nP:linux-firmware-none\nV:20231111-r0\n\n")
                .file("/boot/vmlinuz-virt", "")
                .symlink("/etc/runlevels/default/sshd", "/etc/init.d/sshd")
                .symlink("/etc/runlevels/default/networkmanager", "/etc/init.d/networkmanager")
                .file("/etc/shadow", "root::1::::::\n")
                .file("/etc/ssh/sshd_config", "PermitRootLogin no\n"));
        assertEquals(
                linux(
                        "OS", "alpinelinux",
                        "DESCRIPTION", "Alpine Linux v3.19",
                        "SORTORDER", "7000000",
                        "KERNEL", "6.6.7-0-virt",
                        "USERS", "root",
                        "REMOTE_CONNECTION", "ssh:port=22",
                        "NM_NETWORKING", "yes"),
                facts.properties());
    }

    @Test
    public void slackware_startsWhatIsExecutable() {
        Facts facts = facts(tree -> tree.file("/etc/slackware-version", "Slackware 15.0\n")
                .file("/boot/config-generic-5.15.19", "")
                .file("/etc/shadow", "root:$5$a:1::::::\n")
                .file("/usr/bin/startkde", "")
                .file("/etc/rc.d/rc.networkmanager", "#!/bin/sh\n")
                .mode(0644)
                .file("/etc/rc.d/rc.sshd", "#!/bin/sh\n")
                .mode(0755));
        assertEquals(
                linux(
                        "OS", "slackware",
                        "DESCRIPTION", "Slackware 15.0",
                        "SORTORDER", "7301500",
                        "KERNEL", "generic-5.15.19",
                        "GUI", "KDE",
                        "USERS", "root",
                        "REMOTE_CONNECTION", "ssh:port=22,user=root"),
                facts.properties());
    }

    @Test
    public void olderUbuntu_withUpstart() {
        Facts facts = facts(tree -> tree.file(
                        "/etc/lsb-release",
                        "DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=14.04\nDISTRIB_DESCRIPTION=\"Ubuntu 14.04.6 LTS\"\n")
                .file(
                        "/etc/init/ssh.conf",
                        "description \"OpenSSH server\"\nstart on runlevel [2345]\nexec /usr/sbin/sshd -D\n")
                .file("/etc/init/network-manager.conf", "# start on x\nexec NetworkManager\n")
                .file("/etc/init/cloud-init.conf", "start on mounted\nexec /usr/bin/cloud-init init\n"));
        assertEquals(
                linux(
                        "OS", "ubuntu",
                        "DESCRIPTION", "Ubuntu 14.04.6 LTS",
                        "SORTORDER", "7801404",
                        "CLOUD_INIT", "yes",
                        "REMOTE_CONNECTION", "ssh:port=22"),
                facts.properties());
    }

    @Test
    public void cloudConfigurations_areMergedAtEveryDepth() {
        Facts facts = facts(tree -> tree.file("/usr/lib/systemd/system-generators/cloud-init-generator", "")
                .file(
                        "/etc/cloud/cloud.cfg",
                        "users: [default]\nsystem_info: {default_user: {name: debian, shell: /bin/sh}}\n")
                .file(
                        "/etc/cloud/cloud.cfg.d/01.cfg",
                        "system_info: {default_user: {shell: /bin/bash}, distro: debian}\n")
                .file("/etc/cloud/cloud.cfg.d/02.cfg", "datasource_list: [NoCloud]\n"));
        assertEquals("debian", facts.properties().get("CLOUD_INIT_DEFAULT_USER"));
        assertEquals("debian", facts.properties().get("USERS"));
    }

    @Test
    public void whatIsNotStarted_doesNotCount() {
        Facts facts = facts(tree -> tree.file("/etc/rc.d/rc3.d/S01x", "# exec /usr/sbin/sshd \n")
                .file("/etc/rc3.d/S02ssh", "/usr/sbin/sshd \n")
                .file("/lib/systemd/system/ssh.service", SSH_UNIT)
                .file("/etc/systemd/system/rescue.target.wants/NetworkManager.service", NM_UNIT)
                .file("/boot/loader/entries/rescue.conf", "version 0-rescue-abc\n")
                .file("/boot/vmlinuz-0-rescue-abc", ""));
        assertEquals(
                Map.of("BOOTSTRAP", "none", "PARTITION_TABLE", "gpt", "ROOT_PARTITION", "2", "GUI", "No GUI"),
                facts.properties().entrySet().stream()
                        .filter(property -> !List.of("OS", "OSFAMILY", "DESCRIPTION", "SORTORDER")
                                .contains(property.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
