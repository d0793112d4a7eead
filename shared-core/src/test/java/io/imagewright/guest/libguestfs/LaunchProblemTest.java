package io.imagewright.guest.libguestfs;

import org.junit.Test;

import static org.junit.Assert.assertTrue;

/** What libguestfs says when a part of it is missing, each with the package that has it. */
public class LaunchProblemTest {

    private static void says(String message, String help) {
        String text = String.valueOf(
                LaunchProblem.explain(new GuestfsFailure("launch", message)).getMessage());
        assertTrue(text, text.contains(help));
    }

    @Test
    public void noAppliance() {
        says(
                "cannot find any suitable libguestfs supermin, fixed or old-style appliance on LIBGUESTFS_PATH",
                "libguestfs0");
    }

    @Test
    public void noKernel() {
        says(
                "/usr/bin/supermin exited with error status 1. supermin: failed to find a suitable kernel (host_cpu=x86_64).",
                "linux-image-amd64");
    }

    @Test
    public void noQemu() {
        says("qemu-system-x86_64: No such file or directory", "qemu-system-x86");
    }
}
