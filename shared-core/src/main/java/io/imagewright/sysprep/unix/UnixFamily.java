package io.imagewright.sysprep.unix;

import java.util.Set;

import io.imagewright.guest.Facts;

/** The families of systems whose tree is laid out as Unix lays it out. */
final class UnixFamily {

    private static final Set<String> FAMILIES = Set.of("linux", "freebsd", "netbsd", "openbsd", "hurd");

    private UnixFamily() {}

    static boolean includes(Facts facts) {
        return FAMILIES.contains(facts.osFamily());
    }
}
