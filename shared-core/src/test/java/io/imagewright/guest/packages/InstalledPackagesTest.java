package io.imagewright.guest.packages;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.imagewright.guest.MemoryGuest;
import io.imagewright.guest.TreeBuilder;
import org.junit.Test;

import static org.junit.Assert.assertEquals;

public class InstalledPackagesTest {

    private final List<String> warnings = new ArrayList<>();

    private List<InstalledPackage> read(Consumer<TreeBuilder> content) {
        return InstalledPackages.of(MemoryGuest.of(content), warnings::add);
    }

    @Test
    public void debian_withEveryArchitecture_andTheSourcePackage() {
        List<InstalledPackage> found = read(tree -> tree.file("/var/lib/dpkg/status", """
                Package: libc6
                Status: install ok installed
                Installed-Size: 12991
                Architecture: amd64
                Multi-Arch: same
                Source: glibc
                Version: 2.36-9+deb12u7

                Package: libc6
                Status: hold ok installed
                Installed-Size: lots
                Architecture: i386
                Source: glibc
                Version: 2.36-9+deb12u7

                Package: libstdc++6
                Status: install ok installed
                Architecture: amd64
                Source: gcc-12 (12.2.0-14)
                Version: 1:12.2.0-14+b1

                Package: gone
                Status: deinstall ok config-files
                Version: 1

                Package: odd
                Status: install ok installed
                Source: a b c
                """));
        assertEquals(
                List.of(
                        deb("libc6", "2.36-9+deb12u7", "amd64", "glibc", "", 12991 << 10),
                        deb("libc6", "2.36-9+deb12u7", "i386", "glibc", "", 0),
                        deb("libstdc++6", "1:12.2.0-14+b1", "amd64", "gcc-12", "12.2.0-14", 0),
                        deb("odd", "", "", "", "", 0)),
                found);
        assertEquals(List.of(), warnings);
    }

    private static InstalledPackage deb(
            String name, String version, String architecture, String source, String sourceVersion, long bytes) {
        return new InstalledPackage("deb", name, version, architecture, "", source, sourceVersion, bytes);
    }

    @Test
    public void alpine() {
        List<InstalledPackage> found = read(tree -> tree.file("/lib/apk/db/installed", """
                C:Q1abc=
                P:musl-utils
                V:1.2.4-r2
                A:x86_64
                S:36697
                I:118784
                L:MIT AND BSD-2-Clause AND GPL-2.0-or-later
                o:musl
                F:sbin

                P:plain
                V:1
                """));
        assertEquals(
                List.of(
                        new InstalledPackage(
                                "apk",
                                "musl-utils",
                                "1.2.4-r2",
                                "x86_64",
                                "MIT AND BSD-2-Clause AND GPL-2.0-or-later",
                                "musl",
                                "",
                                118784),
                        new InstalledPackage("apk", "plain", "1", "", "", "", "", 0)),
                found);
    }

    @Test
    public void arch_asTheDirectoryAndItsDescriptionSay() {
        List<InstalledPackage> found = read(tree -> tree.file(
                        "/var/lib/pacman/local/linux-lts-headers-6.6.7-1/desc",
                        "%NAME%\nlinux-lts-headers\n\n%VERSION%\n6.6.7-1\n\n%BASE%\nlinux-lts\n\n%ARCH%\nx86_64\n\n%SIZE%\n"
                                + "145752064\n\n%LICENSE%\nGPL-2.0-only\nLGPL-2.1-or-later\n\n%DEPENDS%\nx\n")
                .dir("/var/lib/pacman/local/bare-1:2-3")
                .dir("/var/lib/pacman/local/none")
                .file("/var/lib/pacman/local/ALPM_DB_VERSION", "9\n"));
        assertEquals(
                List.of(
                        new InstalledPackage("alpm", "bare", "1:2-3", "", "", "", "", 0),
                        new InstalledPackage(
                                "alpm",
                                "linux-lts-headers",
                                "6.6.7-1",
                                "x86_64",
                                "GPL-2.0-only; LGPL-2.1-or-later",
                                "linux-lts",
                                "",
                                145752064)),
                found);
        assertEquals(List.of(), warnings);
    }

    @Test
    public void descriptionsLongerThanMakeSense_areAWarning_andTheirPackagesStay() {
        List<InstalledPackage> found =
                read(tree -> tree.file("/var/lib/pacman/local/a-1-1/desc", "%ARCH%\n".repeat(20_000)));
        assertEquals(List.of(new InstalledPackage("alpm", "a", "1-1", "", "", "", "", 0)), found);
        assertEquals(warnings.toString(), 1, warnings.size());
    }

    @Test
    public void whatIsLongerThanMakesSense_isLeftOut() {
        List<InstalledPackage> found = read(tree -> tree.file(
                "/lib/apk/db/installed",
                "P:a\nV:1\nA:" + "x".repeat(300) + "\nL:" + "y".repeat(3000) + "\no:" + "z".repeat(300) + "\n"));
        assertEquals(List.of(new InstalledPackage("apk", "a", "1", "", "", "", "", 0)), found);
    }
}
