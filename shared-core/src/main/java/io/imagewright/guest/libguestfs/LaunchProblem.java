package io.imagewright.guest.libguestfs;

import io.imagewright.api.ApplianceSettings;
import io.imagewright.error.ImageException;

/** Why an appliance did not start, in words that help. */
final class LaunchProblem {

    private static final String WHAT = "Cannot start the appliance of libguestfs";

    private LaunchProblem() {}

    static ImageException explain(GuestfsFailure failure) {
        String said = String.valueOf(failure.getMessage());
        if (said.contains("cannot find any suitable libguestfs supermin")) {
            return problem(
                    "its parts are not there: " + said, "Install the package libguestfs0 or libguestfs-appliance.");
        }
        if (said.contains("supermin")) {
            return problem(
                    "it could not be put together: " + said,
                    "It needs a kernel of this machine that can be read: install linux-image-amd64 and libguestfs-tools,"
                            + " and let the user read /boot/vmlinuz-* (chmod +r).");
        }
        if (said.contains("qemu") && (said.contains("No such file") || said.contains("not found"))) {
            return problem("qemu is not there: " + said, "Install the package qemu-system-x86.");
        }
        return problem(said, "libguestfs-test-tool shows what the appliance says when it starts.");
    }

    static ImageException tooSlow(ApplianceSettings settings) {
        return problem(
                "it was not up within " + settings.launchLimit().toSeconds() + " s",
                "Look for a machine that is short of memory or processors; libguestfs-test-tool shows how far it comes.");
    }

    private static ImageException problem(String reason, String next) {
        return ImageException.of(ImageException.Kind.ENVIRONMENT, WHAT, reason, next);
    }
}
