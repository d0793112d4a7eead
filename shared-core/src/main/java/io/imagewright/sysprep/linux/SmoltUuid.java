package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** The number by which Fedora's hardware statistics, given up in 2012, knew a machine. */
public final class SmoltUuid implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "smolt-uuid";
    }

    @Override
    public String description() {
        return "Deletes the machine's number for hardware statistics.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("etc/sysconfig/hw-uuid", "etc/smolt/uuid", "etc/smolt/hw-uuid"));
    }
}
