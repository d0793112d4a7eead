package io.imagewright.exec;

/** The exit code of a program in words. */
public final class ExitStatus {

    /** Java, like shells, reports death by signal {@code n} as this plus {@code n}. */
    static final int SIGNALLED = 128;

    static final int SIGXCPU = 24;

    private ExitStatus() {}

    /** Whether the program was killed by a signal rather than ended by itself. */
    public static boolean bySignal(int exitCode) {
        return exitCode > SIGNALLED && exitCode <= SIGNALLED + 64;
    }

    /** For example {@code exit code 1}, or {@code killed by SIGKILL (often: the machine ran out of memory)}. */
    public static String describe(int exitCode) {
        if (!bySignal(exitCode)) {
            return "exit code " + exitCode;
        }
        int signal = exitCode - SIGNALLED;
        return switch (signal) { // numbers of signal(7), the same on all architectures that we run on
            case 1 -> "killed by SIGHUP (the terminal was closed)";
            case 2 -> "killed by SIGINT (interrupted by the user)";
            case 4 -> "killed by SIGILL (illegal instruction)";
            case 6 -> "killed by SIGABRT (it found an error in itself)";
            case 7 -> "killed by SIGBUS (the medium or the file below it failed or is full)";
            case 9 -> "killed by SIGKILL (often: the machine ran out of memory)";
            case 11 -> "killed by SIGSEGV (it crashed)";
            case 13 -> "killed by SIGPIPE (its reader went away)";
            case 15 -> "killed by SIGTERM (somebody asked it to end)";
            case SIGXCPU -> "killed by SIGXCPU (out of processor time)";
            case 25 -> "killed by SIGXFSZ (a file grew beyond the limit)";
            default -> "killed by signal " + signal;
        };
    }
}
