package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** The name and id by which NVMe targets know this machine. Without the files nvme-cli makes them from the id of the mainboard, or at random. */
public final class NvmeHostId implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "nvme-host-id";
    }

    @Override
    public String description() {
        return "Deletes the name by which NVMe over fabrics knows this machine.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("etc/nvme/hostnqn", "etc/nvme/hostid"));
    }
}
