package io.imagewright.api;

import java.time.Duration;

/**
 * The machine that works on guests, as the user wants it. Zero stands for the default everywhere.
 *
 * @param memory MiB; default {@value #DEFAULT_MEMORY}
 * @param processors virtual ones; default those of this machine, at most {@value #MAX_PROCESSORS}
 * @param machines how many may run at a time on this machine; default what fits into half of its free memory, one at least
 * @param launchSeconds how long one may take to start; default {@value #DEFAULT_LAUNCH_SECONDS}
 */
public record ApplianceSettings(int memory, int processors, int machines, int launchSeconds) {

    /** Every default. */
    public static final ApplianceSettings DEFAULT = new ApplianceSettings(0, 0, 0, 0);

    private static final int DEFAULT_MEMORY = 1024;
    private static final int MAX_PROCESSORS = 4;
    private static final int DEFAULT_LAUNCH_SECONDS = 300;

    /** MiB that serve ordinary guests, or what is asked for. */
    public int actualMemory() {
        return memory > 0 ? memory : DEFAULT_MEMORY;
    }

    public int actualProcessors() {
        return processors > 0
                ? processors
                : Math.max(1, Math.min(MAX_PROCESSORS, Runtime.getRuntime().availableProcessors()));
    }

    public Duration launchLimit() {
        return Duration.ofSeconds(launchSeconds > 0 ? launchSeconds : DEFAULT_LAUNCH_SECONDS);
    }
}
