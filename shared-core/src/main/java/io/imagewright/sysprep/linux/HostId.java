package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** The number of gethostid(3), by which ZFS knows which machine a pool is in use on. Without the file the C library and ZFS use other numbers. */
public final class HostId implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "hostid";
    }

    @Override
    public String description() {
        return "Deletes the machine's number of gethostid(3).";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("etc/hostid"));
    }
}
