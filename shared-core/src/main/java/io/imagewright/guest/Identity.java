package io.imagewright.guest;

/**
 * Which operating system it is.
 *
 * @param family {@code linux} ...; {@code unknown}
 * @param distribution os-release's ID; {@code unknown}
 * @param product name for people; may be empty
 * @param version may be empty
 */
record Identity(String family, String distribution, String product, String version) {

    private static final int LIMIT = 256;

    static final Identity UNKNOWN = new Identity("unknown", "unknown", "", "");

    Identity {
        distribution = Findings.clean(distribution, LIMIT);
        product = Findings.clean(product, LIMIT);
        version = Findings.clean(version, LIMIT);
    }

    static Identity linux(String distribution, String product, String version) {
        return new Identity("linux", distribution, product, version);
    }
}
