package io.imagewright.sysprep.unix;

import java.util.Set;

import io.imagewright.guest.inspect.Facts;
import io.imagewright.sysprep.Operation;

/** An operation for every system whose tree is laid out as Unix lays it out. */
public interface UnixOperation extends Operation {

    /** Values of {@link Facts#osFamily()}. */
    Set<String> FAMILIES = Set.of("linux", "freebsd", "netbsd", "openbsd", "hurd");

    @Override
    default boolean appliesTo(Facts facts) {
        return FAMILIES.contains(facts.osFamily());
    }
}
