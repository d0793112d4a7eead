package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** The disks that multipath has met, the names that it gave them, and the keys of their reservations. Emptied: multipathd writes the head of an empty file, which keeps its owner and mode. */
public final class MultipathBindings implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "multipath-bindings";
    }

    @Override
    public String description() {
        return "Empties the lists of disks that multipath has met.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of(
                        "etc/multipath/bindings",
                        "etc/multipath/wwids",
                        "etc/multipath/prkeys",
                        "var/lib/multipath/bindings",
                        "var/lib/multipath/wwids",
                        "var/lib/multipath/prkeys")
                .emptied());
    }
}
