package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/**
 * Certificates and keys of this machine, and of the authorities that its administrator runs. Programs that read the store that the guest
 * has made of them go on to trust what was deleted, until it is made again.
 */
public final class CaCertificates implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "ca-certificates";
    }

    @Override
    public String description() {
        return "Deletes locally added certificates and their keys. The store made from them "
                + "(update-ca-trust) is not made again by the engine direct; this is left to the engine "
                + "libguestfs.";
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
}
