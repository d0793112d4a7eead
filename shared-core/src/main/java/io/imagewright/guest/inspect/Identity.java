package io.imagewright.guest.inspect;

import java.util.Map;

/**
 * Which operating system it is.
 *
 * @param family {@code linux} ...; {@code unknown}
 * @param distribution os-release's ID; {@code unknown}
 * @param product name for people; may be empty
 * @param version may be empty
 */
public record Identity(String family, String distribution, String product, String version) {

    private static final int LIMIT = 256;

    private static final Map<String, String> BSD =
            Map.of("freebsd", "FreeBSD", "netbsd", "NetBSD", "openbsd", "OpenBSD");

    static final Identity UNKNOWN = new Identity("unknown", "unknown", "", "");

    public Identity {
        distribution = Findings.clean(distribution, LIMIT);
        product = Findings.clean(product, LIMIT);
        version = Findings.clean(version, LIMIT);
    }

    /** Whether it is a BSD. */
    boolean isBsd() {
        return BSD.containsKey(family);
    }

    /** How the BSD writes its own name. */
    String bsdName() {
        return BSD.getOrDefault(family, family);
    }

    static Identity linux(String distribution, String product, String version) {
        return new Identity("linux", distribution, product, version);
    }
}
