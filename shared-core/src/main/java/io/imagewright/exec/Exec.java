package io.imagewright.exec;

/** Runs programs. The seam that lets a test or a plan stand between the core and the machine. */
public interface Exec {

    /**
     * Runs the program to its end and collects what it prints (bounded).
     *
     * @throws io.imagewright.error.ImageException ENVIRONMENT when the program is not installed (names the package), or when it
     *     ran out of its limits; CANCELLED when the calling thread is interrupted (the process tree is dead by then)
     */
    ExecResult run(Command command);

    /**
     * Runs the program to its end and passes on what it prints, on both streams in the order in which it wrote, while it runs; by the calling
     * thread.
     *
     * @return its exit code
     * @throws io.imagewright.error.ImageException as {@link #run(Command)}
     */
    default int stream(Command command, OutputLines lines) {
        return new StreamedExec(command, lines).run();
    }
}
