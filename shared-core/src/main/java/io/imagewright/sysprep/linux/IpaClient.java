package io.imagewright.sysprep.linux;

import java.util.List;

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
        return "Takes the guest out of its FreeIPA domain. The store of trusted certificates "
                + "(update-ca-trust) is not made again by the engine direct; this is left to the engine "
                + "libguestfs.";
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
}
