package io.imagewright.guest.inspect;

import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.GuestTree;

/** Whether cloud-init sets a guest up when it boots. */
public final class CloudInitService {

    private CloudInitService() {}

    /** Whether it starts at boot, as the property CLOUD_INIT says it, reference 1.5. */
    public static boolean startsAtBoot(GuestTree tree) {
        GuestFiles files = new GuestFiles(tree, unreadable -> {});
        return CloudInitConfig.isActive(files, new BootServices(files));
    }
}
