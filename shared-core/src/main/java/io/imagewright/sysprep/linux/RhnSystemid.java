package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** The identity of this machine in a Red Hat Network. */
public final class RhnSystemid implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "rhn-systemid";
    }

    @Override
    public String description() {
        return "Deletes the identity of this machine in a Red Hat Network.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("etc/sysconfig/rhn/systemid", "etc/sysconfig/rhn/osad-auth.conf")
                .scrubbed());
    }
}
