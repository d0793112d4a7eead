package io.imagewright.exec;

import java.time.Duration;

/**
 * What a program may use before it is stopped.
 *
 * @param time wall-clock time, after which the whole process tree is killed
 * @param processor processor seconds (RLIMIT_CPU); zero for no limit
 * @param addressSpace bytes of address space (RLIMIT_AS); zero for no limit
 */
public record Limits(Duration time, Duration processor, long addressSpace) {

    /** Only a limit of time. */
    public static Limits ofTime(Duration time) {
        return new Limits(time, Duration.ZERO, 0);
    }
}
