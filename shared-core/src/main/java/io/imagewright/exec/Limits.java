package io.imagewright.exec;

import java.time.Duration;

/**
 * What a program may use before it is stopped.
 *
 * @param time wall-clock time, after which {@link Exec} kills the whole process tree
 * @param processor processor seconds (RLIMIT_CPU); zero for no limit
 * @param addressSpace bytes of address space (RLIMIT_AS); zero for no limit
 */
public record Limits(Duration time, Duration processor, long addressSpace) {

    /** None: for a program that is talked with, and stopped, by whoever started it ({@link ChildProcess}). */
    public static final Limits NONE = new Limits(Duration.ZERO, Duration.ZERO, 0);

    /** Only a limit of time. */
    public static Limits ofTime(Duration time) {
        return new Limits(time, Duration.ZERO, 0);
    }
}
