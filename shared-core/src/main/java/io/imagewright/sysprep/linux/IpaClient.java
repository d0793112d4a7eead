package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** The enrolment in a FreeIPA domain, with the anchors of its authority. */
public final class IpaClient implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "ipa-client";
    }

    @Override
    public String description() {
        return "Takes the guest out of its FreeIPA domain.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of(
                        "etc/ipa/ca.crt",
                        "etc/ipa/default.conf",
                        "var/lib/ipa-client/sysrestore/*",
                        "var/lib/ipa-client/pki/*",
                        "etc/pki/ca-trust/source/ipa.p11-kit",
                        "etc/pki/ca-trust/source/anchors/ipa-ca.crt",
                        "usr/local/share/ca-certificates/ipa-ca.crt")
                .scrubbed());
    }

    @Override
    public String effect() {
        return Deletion.super.effect() + CaStore.EFFECT;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<Change> changes = Deletion.super.plan(context);
        CaStore.makeAgain(context, changes);
        return changes;
    }
}
