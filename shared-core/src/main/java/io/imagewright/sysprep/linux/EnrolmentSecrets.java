package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** Secrets by which a new machine may join a service by itself: some images are made for just that. */
public final class EnrolmentSecrets implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "enrolment-secrets";
    }

    @Override
    public String description() {
        return "Deletes the secrets by which new machines join a Chef organisation or a k3s or RKE2 cluster.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public String keptWhenOff() {
        return "secrets by which machines join a service";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of(
                        "etc/chef/validation.pem",
                        "etc/chef/encrypted_data_bag_secret",
                        "etc/cinc/validation.pem",
                        "etc/systemd/system/k3s*.service.env")
                .scrubbed());
    }
}
