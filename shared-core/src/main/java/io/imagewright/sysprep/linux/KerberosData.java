package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** The database of a Kerberos server, where Red Hat and where Debian have it. */
public final class KerberosData implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "kerberos-data";
    }

    @Override
    public String description() {
        return "Deletes the database of a Kerberos server; its configuration stays.";
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public String keptWhenOff() {
        return "the database of a Kerberos server";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("var/kerberos/krb5kdc/*", "var/lib/krb5kdc/*", "etc/krb5kdc/stash")
                .except(
                        "var/kerberos/krb5kdc/kadm5.acl",
                        "var/kerberos/krb5kdc/kdc.conf",
                        "var/lib/krb5kdc/kadm5.acl",
                        "var/lib/krb5kdc/kdc.conf")
                .scrubbed());
    }
}
