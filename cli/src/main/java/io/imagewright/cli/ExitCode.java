package io.imagewright.cli;

import io.imagewright.error.ImageException;

/** How the program ends; 130 besides, as every program that is stopped from the keyboard. */
final class ExitCode {

    static final int DONE = 0;

    /** The source, the machine or the tool. */
    static final int FAILED = 1;

    /** The command line or a description is wrong. */
    static final int USAGE = 2;

    static final int CANCELLED = 130;

    private ExitCode() {}

    static int of(ImageException.Kind kind) {
        return switch (kind) {
            case DESCRIPTION -> USAGE;
            case CANCELLED -> CANCELLED;
            case SOURCE, UNSUPPORTED, ENVIRONMENT, INTERNAL -> FAILED;
        };
    }
}
