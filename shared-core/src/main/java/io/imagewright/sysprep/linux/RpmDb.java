package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** Caches and locks of rpm's old Berkeley databases, which rpm regenerates; the databases stay. */
public final class RpmDb implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "rpm-db";
    }

    @Override
    public String description() {
        return "Deletes caches and locks of rpm's database.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("var/lib/rpm/__db.*", "usr/lib/sysimage/rpm/__db.*"));
    }
}
