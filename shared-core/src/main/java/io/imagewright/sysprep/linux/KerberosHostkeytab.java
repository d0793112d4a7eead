package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** The keys by which a Kerberos domain knows this machine. */
public final class KerberosHostkeytab implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "kerberos-hostkeytab";
    }

    @Override
    public String description() {
        return "Deletes the Kerberos keys of this machine.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("etc/krb5.keytab").scrubbed());
    }
}
