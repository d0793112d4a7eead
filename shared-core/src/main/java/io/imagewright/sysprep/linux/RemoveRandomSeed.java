package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/**
 * Entropy saved at shutdown for the next boot: machines that start with the same make the same keys. In order: systemd; Debian's and
 * Alpine's scripts; Red Hat; SUSE; CirrOS and Slackware; OpenRC; systemd-boot.
 */
public final class RemoveRandomSeed implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "remove-random-seed";
    }

    @Override
    public String description() {
        return "Deletes the saved random seed, which machines must not share.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of(
                "var/lib/systemd/random-seed",
                "var/lib/urandom/random-seed",
                "var/lib/random-seed",
                "var/lib/misc/random-seed",
                "etc/random-seed",
                "var/lib/seedrng/seed.*",
                "boot/loader/random-seed",
                "efi/loader/random-seed",
                "boot/efi/loader/random-seed"));
    }
}
