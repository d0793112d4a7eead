package io.imagewright.guest.inspect;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.packages.Packages;

/**
 * What the finders of facts go by.
 *
 * @param files the guest's configuration
 * @param identity which system it is
 * @param packages what its package manager says is installed
 * @param services what starts at boot
 * @param cloudInit the configuration of cloud-init; empty when cloud-init does not run at boot
 * @param usersBefore who could log in before the guest was changed; empty at the first look
 */
record Clues(
        GuestFiles files,
        Identity identity,
        Packages packages,
        BootServices services,
        Optional<CloudInitConfig> cloudInit,
        Set<String> usersBefore) {

    /** Reads what several finders need once. */
    static Clues gather(GuestFiles files, Set<String> usersBefore, Consumer<String> warnings) {
        BootServices services = new BootServices(files);
        Optional<CloudInitConfig> cloudInit = CloudInitConfig.isActive(files, services)
                ? Optional.of(CloudInitConfig.read(files, warnings))
                : Optional.empty();
        return new Clues(
                files, IdentityFinder.find(files), Packages.read(files, warnings), services, cloudInit, usersBefore);
    }
}
