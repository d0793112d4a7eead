package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/**
 * What cloud-init remembers of the machine, as {@code cloud-init clean} does it: without it the next boot is a first boot. The seed
 * stays, which is where an image may carry its own data for cloud-init.
 */
public final class CleanupCloudInit implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "cleanup-cloud-init";
    }

    @Override
    public String description() {
        return "Makes cloud-init forget this machine, as `cloud-init clean' does, so that it sets each new machine up.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("var/lib/cloud/*").except("var/lib/cloud/seed"));
    }
}
