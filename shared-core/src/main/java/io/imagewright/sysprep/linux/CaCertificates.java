package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** Certificates and keys of this machine, and of the authorities that its administrator runs. */
public final class CaCertificates implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "ca-certificates";
    }

    @Override
    public String description() {
        return "Deletes locally added certificates and their keys.";
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public List<Removal> removals() {
        return List.of(
                Removal.of(
                                "etc/pki/CA/certs/*.crt",
                                "etc/pki/CA/crl/*.crt",
                                "etc/pki/CA/newcerts/*.crt",
                                "etc/pki/tls/certs/*.crt")
                        .except("etc/pki/tls/certs/ca-bundle.crt", "etc/pki/tls/certs/ca-bundle.trust.crt"),
                Removal.of("etc/pki/CA/private/*.key", "etc/pki/tls/private/*.key")
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
