package io.imagewright.sysprep.linux;

import io.imagewright.guest.inspect.Facts;
import io.imagewright.sysprep.Operation;

/** An operation for every Linux, whatever the distribution: what it works on is found by its files. */
public interface LinuxOperation extends Operation {

    @Override
    default boolean appliesTo(Facts facts) {
        return facts.isLinux();
    }
}
