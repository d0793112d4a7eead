package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.Lines;

/** Recognises the operating system by os-release, else lsb-release, else by the file that its distribution had before those. */
final class IdentityFinder {

    private static final Set<String> BSD = Set.of("freebsd", "netbsd", "openbsd");

    /** As {@code CentOS release 6.10 (Final)} or {@code Slackware 14.2+}. */
    private static final Pattern VERSION = Pattern.compile("\\d+(?:\\.\\d+)*");

    private static final Pattern PATCH_LEVEL = Pattern.compile("PATCHLEVEL *= *(\\d{1,4})");

    /** How a distribution without os-release is known: its file, its ID, and what to put before a file that has only the version. */
    private record Release(String file, String id, String prefix) {}

    /** Files of derived systems come before those of the systems that they derive from. */
    private static final List<Release> RELEASES = List.of(
            new Release("/etc/oracle-release", "ol", ""),
            new Release("/etc/centos-release", "centos", ""),
            new Release("/etc/fedora-release", "fedora", ""),
            new Release("/etc/mageia-release", "mageia", ""),
            new Release("/etc/mandriva-release", "mandriva", ""),
            new Release("/etc/pardus-release", "pardus", ""),
            new Release("/etc/cirros/version", "cirros", "CirrOS "),
            new Release("/etc/redhat-release", "rhel", ""),
            new Release("/etc/SuSE-release", "sles", ""),
            new Release("/etc/slackware-version", "slackware", ""),
            new Release("/etc/gentoo-release", "gentoo", ""),
            new Release("/etc/alpine-release", "alpine", "Alpine Linux "),
            new Release("/etc/arch-release", "arch", "Arch Linux"),
            new Release("/etc/debian_version", "debian", "Debian GNU/Linux "));

    private IdentityFinder() {}

    /** The files that identify a system. */
    static List<String> files() {
        return Stream.concat(
                        Stream.of("/etc/os-release", "/usr/lib/os-release", "/etc/lsb-release"),
                        Stream.concat(
                                BsdIdentity.files().stream(), RELEASES.stream().map(Release::file)))
                .toList();
    }

    static Identity find(GuestFiles files) {
        return osRelease(files)
                .or(() -> lsbRelease(files))
                .or(() -> BsdIdentity.find(files))
                .or(() -> RELEASES.stream()
                        .filter(release -> files.exists(release.file()))
                        .findFirst()
                        .map(release -> identity(release, files)))
                .orElse(Identity.UNKNOWN);
    }

    private static Optional<Identity> osRelease(GuestFiles files) {
        return OsRelease.of(files).map(release -> {
            String id = release.get("ID").toLowerCase(Locale.ROOT);
            id = id.isEmpty() ? "linux" : id; // so says os-release(5)
            String name = release.get("PRETTY_NAME");
            if (name.isEmpty()) {
                name = (release.get("NAME") + " " + release.get("VERSION")).strip();
            }
            return new Identity(
                    BSD.contains(id) ? id : "linux", id, name.isEmpty() ? id : name, release.get("VERSION_ID"));
        });
    }

    private static Optional<Identity> lsbRelease(GuestFiles files) {
        return files.read("/etc/lsb-release")
                .map(OsRelease::parse)
                .filter(release -> !release.get("DISTRIB_ID").isEmpty())
                .map(release -> Identity.linux(
                        release.get("DISTRIB_ID").toLowerCase(Locale.ROOT),
                        release.get("DISTRIB_DESCRIPTION").isEmpty()
                                ? release.get("DISTRIB_ID")
                                : release.get("DISTRIB_DESCRIPTION"),
                        release.get("DISTRIB_RELEASE")));
    }

    private static Identity identity(Release release, GuestFiles files) {
        String line = files.firstLine(release.file()).orElse("");
        Matcher version = VERSION.matcher(line);
        return Identity.linux(
                relative(release.id(), line),
                (release.prefix() + line).strip(),
                version.find() ? version.group() + patchLevel(release, files) : "");
    }

    /** The service pack of SUSE's enterprise systems, in a line of its own: their first line has the major version only. */
    private static String patchLevel(Release release, GuestFiles files) {
        return files.read(release.file())
                .flatMap(content -> Lines.of(content.text())
                        .map(PATCH_LEVEL::matcher)
                        .filter(Matcher::matches)
                        .findFirst())
                .map(level -> "." + level.group(1))
                .orElse("");
    }

    /** The ID of a relative that shares the file. */
    private static String relative(String id, String line) {
        if (id.equals("rhel")) {
            return line.startsWith("CentOS") ? "centos" : line.startsWith("Scientific") ? "scientific" : id;
        }
        return id.equals("sles") && line.toLowerCase(Locale.ROOT).startsWith("opensuse") ? "opensuse" : id;
    }
}
