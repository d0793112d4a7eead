package io.imagewright.guest.inspect;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** OSFAMILY, OS, OSVERSION, DESCRIPTION and SORTORDER, in snf-image's words: reference 1.5. */
final class SystemFacts implements FactFinder {

    private static final int FAMILY_WEIGHT = 1_000_000;
    private static final int DISTRIBUTION_WEIGHT = 10_000;
    private static final int MAJOR_WEIGHT = 100;
    private static final int LARGEST = 99;

    private static final Map<String, Integer> FAMILIES =
            Map.of("windows", 8, "linux", 7, "freebsd", 6, "netbsd", 5, "openbsd", 4, "hurd", 3, "dos", 2, "minix", 1);

    private static final Map<String, Integer> DISTRIBUTIONS = Map.ofEntries(
            Map.entry("ubuntu", 80),
            Map.entry("linuxmint", 75),
            Map.entry("debian", 70),
            Map.entry("rhel", 60),
            Map.entry("fedora", 58),
            Map.entry("centos", 55),
            Map.entry("scientificlinux", 50),
            Map.entry("sles", 45),
            Map.entry("opensuse", 44),
            Map.entry("archlinux", 40),
            Map.entry("gentoo", 35),
            Map.entry("slackware", 30),
            Map.entry("oraclelinux", 28),
            Map.entry("mageia", 20),
            Map.entry("mandriva", 19),
            Map.entry("cirros", 15),
            Map.entry("pardus", 10),
            // of these the version counts, and their families stand for themselves
            Map.entry("freebsd", 0),
            Map.entry("netbsd", 0),
            Map.entry("openbsd", 0));

    /** Where os-release's ID differs from the name that libguestfs has. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("arch", "archlinux"),
            Map.entry("ol", "oraclelinux"),
            Map.entry("scientific", "scientificlinux"),
            Map.entry("alpine", "alpinelinux"),
            Map.entry("sled", "sles"),
            Map.entry("sles_sap", "sles"),
            Map.entry("kali", "kalilinux"),
            Map.entry("void", "voidlinux"),
            Map.entry("clear-linux-os", "clearlinux"),
            Map.entry("mandrivalinux", "mandriva"));

    private static final Pattern VERSION = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?.*");

    @Override
    public void find(Clues clues, Findings findings) {
        Identity identity = clues.identity();
        String name = name(identity);
        Edition edition = Edition.of(clues, name, identity.product().isEmpty() ? name : identity.product());
        findings.property("OSFAMILY", identity.family());
        findings.property("OS", edition.name());
        findings.property("DESCRIPTION", edition.description());
        findings.property("OSVERSION", edition.version());
        findings.property("SORTORDER", String.valueOf(order(identity, name)));
    }

    private static String name(Identity identity) {
        String id = identity.distribution();
        if (id.equals("unknown")) {
            return identity.family();
        }
        return id.startsWith("opensuse") ? "opensuse" : NAMES.getOrDefault(id, id);
    }

    private static int order(Identity identity, String name) {
        int order = FAMILY_WEIGHT * FAMILIES.getOrDefault(identity.family(), 0);
        Integer distribution = DISTRIBUTIONS.get(name);
        if (distribution == null) {
            return order;
        }
        order += DISTRIBUTION_WEIGHT * distribution;
        Matcher version = VERSION.matcher(identity.version());
        if (version.matches()) {
            order += MAJOR_WEIGHT * number(version.group(1)) + number(version.group(2));
        }
        return order;
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Math.min(Integer.parseInt(digits), LARGEST);
    }
}
