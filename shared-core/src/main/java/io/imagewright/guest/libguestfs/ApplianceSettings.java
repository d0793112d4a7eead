package io.imagewright.guest.libguestfs;

import java.time.Duration;

/**
 * The machine that works on guests.
 *
 * @param memory MiB
 * @param processors virtual ones
 * @param emulated whether KVM is not used, because it is not there or does not work
 * @param launchLimit how long it may take to start
 */
public record ApplianceSettings(int memory, int processors, boolean emulated, Duration launchLimit) {

    /** What serves ordinary guests. */
    public static ApplianceSettings ordinary(boolean emulated) {
        int processors = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
        return new ApplianceSettings(1024, processors, emulated, Duration.ofMinutes(5));
    }
}
