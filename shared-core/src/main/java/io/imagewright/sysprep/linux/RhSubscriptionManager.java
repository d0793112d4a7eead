package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** Certificates by which Red Hat's subscription service knows this machine, and what it is entitled to. */
public final class RhSubscriptionManager implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "rh-subscription-manager";
    }

    @Override
    public String description() {
        return "Deletes the Red Hat subscription of this machine.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("etc/pki/consumer/*", "etc/pki/entitlement/*").scrubbed());
    }
}
