package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** The number by which yum's mirrors count machines. */
public final class YumUuid implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "yum-uuid";
    }

    @Override
    public String description() {
        return "Deletes the machine's number for yum's mirrors.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("var/lib/yum/uuid"));
    }
}
