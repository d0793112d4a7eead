package io.imagewright.sysprep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.Mount;
import io.imagewright.guest.TreeBuilder;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.Inspector;
import io.imagewright.spec.ImageDescription;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** A small guest of each family of distributions before and after the default operations: what must go, what must stay. */
public class FamiliesTest {

    private static final Operations OPERATIONS = Operations.load(FamiliesTest.class.getClassLoader());

    /**
     * What a family has beside what all have.
     *
     * @param release file that identifies it, and its content
     * @param gone files that the defaults delete
     * @param emptied files of which no byte is left
     * @param kept files that stay as they are: lists of packages among them
     */
    private record Family(Map.Entry<String, String> release, Set<String> gone, Set<String> emptied, Set<String> kept) {}

    private static final Map<String, Family> FAMILIES = families();

    private static Map<String, Family> families() {
        Map<String, Family> families = new LinkedHashMap<>();
        families.put(
                "Debian GNU/Linux 12",
                new Family(
                        osRelease("debian", "12", "Debian GNU/Linux 12"),
                        Set.of("/var/cache/apt/archives/a.deb", "/var/log/dpkg.log", "/var/lib/dhcp/dhclient.leases"),
                        Set.of(),
                        Set.of("/var/lib/dpkg/status", "/var/lib/apt/extended_states")));
        families.put(
                "Ubuntu 22.04.3 LTS",
                new Family(
                        osRelease("ubuntu", "22.04", "Ubuntu 22.04.3 LTS"),
                        Set.of("/var/log/cloud-init.log", "/var/lib/cloud/instances/i-1/user-data.txt"),
                        Set.of(),
                        Set.of("/var/lib/dpkg/status", "/etc/cloud/cloud.cfg")));
        families.put(
                "Fedora Linux 39",
                new Family(
                        osRelease("fedora", "39", "Fedora Linux 39"),
                        Set.of("/var/cache/dnf/a.rpm", "/var/lib/rpm/__db.001", "/root/anaconda-ks.cfg"),
                        Set.of(),
                        Set.of("/usr/lib/sysimage/rpm/rpmdb.sqlite", "/boot/loader/entries/abc-6.5.6.conf")));
        families.put(
                "Red Hat Enterprise Linux Server release 6.10",
                new Family(
                        Map.entry("/etc/redhat-release", "Red Hat Enterprise Linux Server release 6.10\n"),
                        Set.of("/var/cache/yum/a.rpm", "/etc/sysconfig/rhn/systemid", "/var/lib/yum/uuid"),
                        Set.of(),
                        Set.of("/var/lib/rpm/Packages")));
        families.put(
                "openSUSE Leap 15.5",
                new Family(
                        osRelease("opensuse-leap", "15.5", "openSUSE Leap 15.5"),
                        Set.of("/var/cache/zypp/packages/a.rpm"),
                        Set.of("/var/log/zypp/history"),
                        Set.of("/usr/lib/sysimage/rpm/Packages.db")));
        families.put(
                "Arch Linux",
                new Family(
                        osRelease("arch", "", "Arch Linux"),
                        Set.of("/var/cache/pacman/pkg/a.pkg.tar.zst", "/var/log/pacman.log"),
                        Set.of(),
                        Set.of("/var/lib/pacman/local/linux-6.6.7-1/desc")));
        families.put(
                "Alpine Linux v3.19",
                new Family(
                        osRelease("alpine", "3.19.0", "Alpine Linux v3.19"),
                        Set.of("/var/cache/apk/a.apk"),
                        Set.of(),
                        Set.of("/lib/apk/db/installed")));
        families.put(
                "Slackware 15.0",
                new Family(
                        Map.entry("/etc/slackware-version", "Slackware 15.0\n"),
                        Set.of("/var/log/messages"),
                        Set.of(),
                        Set.of("/var/log/packages/a-1-x86_64-1")));
        return families;
    }

    private static Map.Entry<String, String> osRelease(String id, String version, String name) {
        return Map.entry(
                "/etc/os-release", "ID=" + id + "\nVERSION_ID=\"" + version + "\"\nPRETTY_NAME=\"" + name + "\"\n");
    }

    private static void fill(TreeBuilder tree, Family family) {
        tree.file(family.release().getKey(), family.release().getValue())
                .file("/etc/passwd", "root:x:0:0::/root:/bin/sh\nu:x:1000:1000::/home/u:/bin/sh\n")
                .file("/etc/shadow", "root:$6$SECRET:1::::::\nu:$6$SECRET:1::::::\ndaemon:*:1::::::\n")
                .file("/etc/machine-id", "0123456789abcdef0123456789abcdef\n")
                .file("/etc/ssh/ssh_host_rsa_key", "SECRET")
                .file("/root/.bash_history", "SECRET")
                .file("/tmp/left", "SECRET")
                .file("/boot/config-6.1.0", "");
        for (Set<String> files : List.of(family.gone(), family.emptied(), family.kept())) {
            files.forEach(file -> tree.file(file, "KEEP or not"));
        }
    }

    @Test
    public void defaultsTakeWhatIsOfOneMachine_andLeaveTheSystem() {
        FAMILIES.forEach((name, family) -> {
            MemoryGuest guest = MemoryGuest.of(tree -> fill(tree, family));
            Facts before =
                    Inspector.facts(guest, List.of(), List.of(new Mount(GuestPath.ROOT, 1)), "gpt", new byte[512]);
            assertEquals(name, before.product());
            SysprepResult result = Sysprep.plan(
                    guest,
                    before,
                    OPERATIONS,
                    OPERATIONS.select(ImageDescription.Sysprep.DEFAULT),
                    ParameterValues.of(OPERATIONS, Map.of()),
                    warning -> {});
            guest.apply(result.changes());

            Set<String> gone = new TreeSet<>(family.gone());
            gone.addAll(Set.of("/etc/ssh/ssh_host_rsa_key", "/root/.bash_history", "/tmp/left"));
            gone.forEach(file -> assertTrue(name + " has " + file, content(guest, file) == null));
            family.emptied().forEach(file -> assertEquals(name + " " + file, "", String.valueOf(content(guest, file))));
            family.kept().forEach(file -> assertEquals(name + " " + file, "KEEP or not", content(guest, file)));
            assertEquals(name, "root:!:1::::::\nu:!:1::::::\ndaemon:*:1::::::\n", content(guest, "/etc/shadow"));
            assertTrue(name, !String.valueOf(content(guest, "/etc/machine-id")).contains("0123"));
            // the properties of the image are those of the source, as nothing of the system went
            assertEquals(
                    name, before.properties(), Inspector.after(before, guest).properties());
            assertEquals(name, "root u", before.properties().get("USERS"));
        });
    }

    private static @org.jspecify.annotations.Nullable String content(MemoryGuest guest, String file) {
        Bytes bytes = guest.read(List.of(GuestPath.of(file)), 1 << 20).get(GuestPath.of(file));
        return bytes == null ? null : bytes.text();
    }
}
