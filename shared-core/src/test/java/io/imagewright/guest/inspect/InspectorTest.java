package io.imagewright.guest.inspect;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestFixture;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class InspectorTest {

    private static final byte[] GRUB = {(byte) 0xeb, 0x63, (byte) 0x90, 0, 0, 0, 0, 0};

    private static final String OS_RELEASE = "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n"
            + "NAME=\"Debian GNU/Linux\"\nVERSION_ID=\"12\"\nID=debian\n";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> warnings = new ArrayList<>();

    private final List<Volume> volumes = List.of(
            new Volume(1, "ext4", "aaaaaaaa-0000-0000-0000-000000000001", "", "01-01", "root", 0, 1),
            new Volume(2, "ext4", "aaaaaaaa-0000-0000-0000-000000000002", "boot", "01-02", "", 0, 1),
            new Volume(5, "ext4", "aaaaaaaa-0000-0000-0000-000000000005", "home", "01-05", "", 0, 1),
            new Volume(6, "ext4", "aaaaaaaa-0000-0000-0000-000000000006", "var", "01-06", "", 0, 1),
            new Volume(7, "swap", "aaaaaaaa-0000-0000-0000-000000000007", "", "01-07", "", 0, 1));

    private GuestFixture fixture() throws IOException {
        return new GuestFixture(folder.newFolder().toPath());
    }

    private GuestFixture debian(String fstab) throws IOException {
        return fixture()
                .file("/usr/lib/os-release", OS_RELEASE)
                .link("/etc/os-release", "../usr/lib/os-release")
                .file("/etc/debian_version", "12.5\n")
                .file("/etc/fstab", fstab)
                .directory("/home")
                .directory("/var")
                .directory("/boot");
    }

    private Map<String, Integer> mounts(GuestFixture root) {
        try (Guest guest = root.open()) {
            Map<String, Integer> found = new LinkedHashMap<>();
            Inspector.mounts(guest, 1, volumes, warnings::add)
                    .forEach(mount -> found.put(mount.point().toString(), mount.partition()));
            return found;
        }
    }

    private Facts facts(GuestFixture root) {
        try (Guest guest = root.open()) {
            return Inspector.facts(guest, volumes, List.of(new Mount(GuestPath.ROOT, 1)), "msdos", GRUB);
        }
    }

    @Test
    public void putsTogetherAGuest_andReadsThroughIt() throws IOException {
        GuestFixture root = debian("UUID=AAAAAAAA-0000-0000-0000-000000000001 / ext4 defaults 0 1\n"
                + "/dev/vda6 /var ext4 defaults 0 2\n"
                + "PARTUUID=01-05 /home ext4 defaults 0 2\n"
                + "LABEL=boot /boot ext4 noauto 0 2\n"
                + "/dev/sda7 none swap sw 0 0\n"
                + "/dev/cdrom /media/cdrom udf,iso9660 user,noauto 0 0\n"
                + "tmpfs /tmp tmpfs size=5m 0 0\n"
                + "server:/export /srv nfs defaults 0 0\n"
                + "/home /exports none bind 0 0\n");
        GuestFixture boot = fixture()
                .file("/config-6.1.0-9-amd64", "")
                .file("/config-6.1.0-18-amd64", "")
                .make();
        GuestFixture home = fixture().file("/u/.bash_history", "secret").make();
        GuestFixture var = fixture().file("/log/syslog", "x").make();
        assertEquals(
                List.of("/=1", "/boot=2", "/home=5", "/var=6"),
                mounts(root).entrySet().stream().map(Object::toString).toList());
        assertEquals(List.of(), warnings);

        try (Guest guest = root.open(Map.of("/boot", boot, "/home", home, "/var", var))) {
            List<Mount> mounts = Inspector.mounts(guest, 1, volumes, warnings::add);
            Facts facts = Inspector.facts(guest, volumes, mounts, "msdos", GRUB);
            assertEquals("6.1.0-18-amd64", facts.properties().get("KERNEL"));
            assertTrue(guest.stat(GuestPath.of("/home/u/.bash_history")).isPresent());
            assertTrue(guest.stat(GuestPath.of("/var/log/syslog")).isPresent());
        }
    }

    @Test
    public void findsFactsOfDebian() throws IOException {
        Facts facts = facts(debian("")
                .file("/boot/config-6.1.0-9-amd64", "")
                .file(
                        "/etc/shadow",
                        "root:$y$hash:19000:0:99999:7:::\ndaemon:*:19000::::::\nbin:!:1::::::\n"
                                + "locked:!$y$hash:1::::::\nnever:!!:1::::::\nempty::1::::::\nstar:*LK*:1::::::\nx:x:1::::::\n"
                                + "no account\n"));
        assertEquals(
                new TreeMap<>(Map.of(
                        "PARTITION_TABLE", "msdos",
                        "BOOTSTRAP", "grub2",
                        "ROOT_PARTITION", "1",
                        "OSFAMILY", "linux",
                        "OS", "debian",
                        "DESCRIPTION", "Debian GNU/Linux 12 (bookworm)",
                        "SORTORDER", "7701200",
                        "USERS", "root empty",
                        "KERNEL", "6.1.0-9-amd64",
                        "GUI", "No GUI")),
                facts.properties());
        assertEquals(List.of(), facts.warnings());
        assertEquals("debian", facts.distribution());
        assertEquals("12", facts.version());
        assertTrue(facts.isLinux());
    }

    @Test
    public void knowsOlderReleaseFiles() throws IOException {
        Map<String, String> releases = new LinkedHashMap<>();
        releases.put(
                "/etc/redhat-release=CentOS release 6.10 (Final)", "centos|CentOS release 6.10 (Final)|6.10|7550610");
        releases.put(
                "/etc/redhat-release=Red Hat Enterprise Linux Server release 7.9",
                "rhel|Red Hat Enterprise Linux Server release 7.9|7.9|7600709");
        releases.put(
                "/etc/oracle-release=Oracle Linux Server release 6.4",
                "oraclelinux|Oracle Linux Server release 6.4|6.4|7280604");
        releases.put("/etc/SuSE-release=openSUSE 13.1 (x86_64)", "opensuse|openSUSE 13.1 (x86_64)|13.1|7441301");
        releases.put(
                "/etc/SuSE-release=SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 3",
                "sles|SUSE Linux Enterprise Server 11 (x86_64)|11.3|7451103");
        releases.put("/etc/slackware-version=Slackware 14.2+", "slackware|Slackware 14.2+|14.2|7301402");
        releases.put("/etc/alpine-release=3.4.6", "alpinelinux|Alpine Linux 3.4.6|3.4.6|7000000");
        releases.put("/etc/arch-release=", "archlinux|Arch Linux||7400000");
        releases.put(
                "/etc/gentoo-release=Gentoo Base System release 2.6",
                "gentoo|Gentoo Base System release 2.6|2.6|7350206");
        releases.put("/etc/debian_version=7.11", "debian|Debian GNU/Linux 7.11|7.11|7700711");
        releases.put(
                "/etc/lsb-release=DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=10.04\nDISTRIB_DESCRIPTION=\"Ubuntu 10.04 LTS\"",
                "ubuntu|Ubuntu 10.04 LTS|10.04|7801004");
        for (Map.Entry<String, String> release : releases.entrySet()) {
            String[] file = release.getKey().split("=", 2);
            Facts facts = facts(fixture().file(file[0], file[1] + "\n"));
            assertEquals(
                    release.getValue(),
                    String.join(
                            "|",
                            facts.properties().get("OS"),
                            facts.product(),
                            facts.version(),
                            facts.properties().get("SORTORDER")));
        }
    }

    @Test
    public void rootPartition_isTheOneWithASystem() throws IOException {
        GuestFixture data = fixture().file("/lib/os-release", OS_RELEASE).directory("/bin");
        try (Guest system = debian("").open();
                Guest other = data.open()) {
            assertEquals(new Recognition.Root(2), Inspector.recognise(Map.of(1, other, 2, system), volumes));
            assertEquals(
                    new Recognition.Unsupported(
                            "Multiple operating systems found on the media", "partition 2, partition 5"),
                    Inspector.recognise(Map.of(5, system, 2, system), volumes));
            assertEquals(
                    new Recognition.Unsupported(
                            "Unable to detect any operating system on the media",
                            "partition 1: ext4, partition 2: ext4, partition 5: ext4, partition 6: ext4, partition 7: swap"),
                    Inspector.recognise(Map.of(1, other), volumes));
            List<Volume> withVolumes = new ArrayList<>(volumes);
            withVolumes.add(new Volume(8, "LVM2_member", "", "", "", "", 0, 1));
            assertEquals(
                    new Recognition.Unsupported("The media contains logical volumes", "partition 8"),
                    Inspector.recognise(Map.of(2, system), withVolumes));
        }
    }

    @Test
    public void rootPartition_withUsrElsewhere_isFoundByTheLink() throws IOException {
        GuestFixture root =
                fixture().link("/etc/os-release", "../usr/lib/os-release").file("/etc/fstab", "");
        try (Guest guest = root.open()) {
            assertEquals(new Recognition.Root(3), Inspector.recognise(Map.of(3, guest), volumes));
        }
    }

    @Test
    public void missingFileSystem_isAnErrorWhereItMatters() throws IOException {
        GuestFixture root = debian("UUID=dead /home ext4 defaults 0 2\n");
        ImageException failure = assertThrows(ImageException.class, () -> mounts(root));
        assertEquals(ImageException.Kind.SOURCE, failure.kind());
        assertTrue(failure.getMessage(), failure.getMessage().contains("/etc/fstab mounts UUID=dead on /home"));
    }

    @Test
    public void missingFileSystem_isAWarningElsewhere_andNothingWithNofail() throws IOException {
        assertEquals(
                Map.of("/", 1),
                mounts(debian("UUID=dead /srv ext4 defaults 0 2\n/dev/sdb1 /var ext4 nofail 0 2\n/dev/sda7 /x ext4\n"
                        + "UUID=gone / ext4\n")));
        assertEquals(
                List.of(
                        "/etc/fstab mounts UUID=gone on /, but the system was found on partition 1, "
                                + "and no partition has that name (ignored)",
                        "/etc/fstab mounts UUID=dead on /srv, but no file system of the medium has that name (ignored)",
                        "/etc/fstab mounts /dev/sda7 on /x, but no file system of the medium has that name (ignored)"),
                warnings);
    }

    @Test
    public void mountPoints_stayInside_andFollowLinks() throws IOException {
        GuestFixture root = debian("LABEL=var /../../home/./../data ext4\nLABEL=home /link/\\056\\056/sub ext4\n"
                        + "LABEL=boot /circle/x ext4\n/dev/sda2 /etc/fstab ext4\n")
                .link("/link", "/../../../deep/in")
                .directory("/deep/in")
                .link("/data", "/srv/data")
                .directory("/srv/data")
                .link("/circle", "circle");
        assertEquals(Map.of("/", 1, "/deep/sub", 5, "/srv/data", 6), mounts(root));
        assertEquals(warnings.toString(), 2, warnings.size());
        assertTrue(warnings.get(0), warnings.get(0).contains("on /circle/x, but Cannot resolve /circle"));
        assertTrue(warnings.get(1), warnings.get(1).endsWith("but the mount point is no directory (ignored)"));
    }

    @Test
    public void sameMountPointOrPartitionTwice_isMountedOnce() throws IOException {
        assertEquals(
                Map.of("/", 1, "/home", 6),
                mounts(
                        debian(
                                "LABEL=home /home ext4\n/dev/sda6 /home ext4\nLABEL=var /var/lib ext4\n/dev/sda1 /root auto\n")));
        assertEquals(
                List.of(
                        "/etc/fstab mounts LABEL=home on /home, but a later line mounts something there, too (ignored)",
                        "/etc/fstab mounts /dev/sda1 on /root, but partition 1 is mounted elsewhere already (ignored)",
                        "/etc/fstab mounts LABEL=var on /var/lib, but partition 6 is mounted elsewhere already (ignored)"),
                warnings);
    }

    @Test
    public void hostileFstabs_giveTheRootAndAWarning() throws IOException {
        byte[] binary = new byte[60_000];
        new java.util.Random(3).nextBytes(binary);
        byte[] zeros = new byte[10 << 20];
        for (byte[] fstab : List.of(binary, zeros, new byte[70_000])) {
            warnings.clear();
            assertEquals(Map.of("/", 1), mounts(debian("").file("/etc/fstab", fstab)));
        }
        assertTrue(warnings.toString(), warnings.get(0).contains("70000 bytes are more"));
        GuestFixture circle = fixture().link("/etc/fstab", "fstab");
        warnings.clear();
        assertEquals(Map.of("/", 1), mounts(circle));
        assertTrue(warnings.toString(), warnings.get(1).startsWith("The guest has no readable /etc/fstab"));
        warnings.clear();
        assertEquals(
                Map.of("/", 1), mounts(debian("x /" + "a/".repeat(5000) + " ext4\n" + "y /m ext4\n".repeat(1000))));
        assertTrue("" + warnings.size(), warnings.size() < 300);
        assertTrue(warnings.get(0), warnings.get(0).contains("more than 256"));
        assertTrue(
                warnings.get(1),
                warnings.get(1).endsWith("(ignored)") && warnings.get(1).length() < 600);
    }

    @Test
    public void hostileFacts_areMadeFitToPrint() throws IOException {
        StringBuilder shadow = new StringBuilder("a b:$y$1:1\nbad\u001bname:$y$1:1\n");
        for (int i = 0; i < 1000; i++) {
            shadow.append("user").append(i).append(":$y$1:1\nb a d").append(i).append(":$y$1:1\n");
        }
        Facts facts = facts(fixture()
                .file(
                        "/etc/os-release",
                        "ID=deb\u001b[31mian\nPRETTY_NAME=\"a\u202eb\u0007" + "c".repeat(2000) + "\"\n"
                                + "VERSION_ID='99999999999999999999.1'\n=x\nNO\n")
                .file("/etc/shadow", shadow.toString()));
        assertEquals("deb[31mian", facts.distribution());
        assertEquals("7000000", facts.properties().get("SORTORDER"));
        assertTrue(
                facts.product(),
                facts.product().startsWith("abccc") && facts.product().length() <= 256);
        assertTrue(facts.properties().get("USERS").length() <= 4096);
        assertEquals(101, facts.warnings().size());
        assertTrue(facts.warnings().stream().allMatch(text -> text.chars().noneMatch(Character::isISOControl)));
    }

    @Test
    public void unreadableFiles_areWarnings() throws IOException {
        Facts facts = facts(fixture()
                .link("/etc/os-release", "os-release")
                .file("/etc/debian_version", "12.5\n")
                .file("/etc/shadow", new byte[2 << 20]));
        assertEquals("Debian GNU/Linux 12.5", facts.product());
        assertEquals(facts.warnings().toString(), 2, facts.warnings().size());
    }

    @Test
    public void longProperties_areWarnedOf() throws IOException {
        StringBuilder shadow = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            shadow.append("user").append(i).append(":$y$1:1\n");
        }
        Facts facts = facts(debian("").file("/etc/shadow", shadow.toString()));
        assertTrue(facts.properties().get("USERS").endsWith("user59"));
        assertEquals(
                List.of("The image property USERS has 409 characters; stores of images take no more than 256."),
                facts.warnings());
    }

    @Test
    public void bootCode_isTheLongestKnownBeginning() {
        assertEquals("none", BootCode.name(new byte[512]));
        assertEquals("unknown", BootCode.name(new byte[] {1}));
        assertEquals("unknown", BootCode.name(new byte[] {0x33, (byte) 0xc0, 1, 1, 1, 1, 1, 1}));
        assertEquals("Windows", BootCode.name(new byte[] {0x33, (byte) 0xc0, (byte) 0x8e, 0}));
        assertEquals("netbsd", BootCode.name(java.util.HexFormat.of().parseHex("31c08ed0bc007c8e00")));
    }

    @Test
    public void osRelease_undoesQuotes() {
        OsRelease release = OsRelease.parse(Bytes.of(
                "A=plain # comment\nB=\"x \\\"y\\\" \\$z\"\nC='it\\s'\nA=last\nD=\nE=\"open\nF = no\r\n#G=1\n"));
        assertEquals("last", release.get("A"));
        assertEquals("x \"y\" $z", release.get("B"));
        assertEquals("it\\s", release.get("C"));
        assertEquals("", release.get("D"));
        assertEquals("open", release.get("E"));
        assertEquals("", release.get("F"));
        assertEquals("", release.get("#G"));
    }
}
