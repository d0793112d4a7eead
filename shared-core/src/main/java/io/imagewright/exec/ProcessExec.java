package io.imagewright.exec;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/**
 * Runs programs as child processes: no shell, nothing on their standard input, messages in English, limits set by prlimit(1), and the
 * whole process tree gone when {@link #run} returns or throws.
 *
 * <p>An exit code is returned and not judged; {@link ExitStatus} puts it in words. A program that hits its limit of memory sees its
 * allocation fail and says so in its own way. Thread-safe.
 */
public final class ProcessExec implements Exec {

    /** Enough for {@code qemu-img map} of a badly fragmented disk. */
    private static final int STDOUT_BOUND = 32 << 20;

    /** The first messages have the cause, the last ones the end; what is between repeats itself. */
    private static final int STDERR_BOUND = 1 << 20;

    private static final int STDERR_TAIL = 64 << 10;

    /** How long a process that the program left behind may hold its output open. */
    private static final long LEFTOVER_MILLIS = 500;

    private final int stdoutBound;

    /** Keeps up to 32 MiB of a program's output and 1 MiB of its diagnostics. */
    public ProcessExec() {
        this(STDOUT_BOUND);
    }

    ProcessExec(int stdoutBound) {
        this.stdoutBound = stdoutBound;
    }

    /**
     * Refuses work that will need a program which is not there.
     *
     * @param program a plain name
     * @throws ImageException ENVIRONMENT saying what to install
     */
    public static void require(String program) {
        ProgramPath.find(program);
    }

    @Override
    public ExecResult run(Command command) {
        return run(command, "");
    }

    /**
     * The same for a program that reads something short, such as a passphrase, from its standard input.
     *
     * @param input less than a pipe holds, 64 KiB; empty for nothing
     */
    public ExecResult run(Command command, String input) {
        Redirect stdin = input.isEmpty() ? Redirect.from(ChildProcess.NULL_DEVICE) : Redirect.PIPE;
        try (ChildProcess child = ChildProcess.start(command, stdin, Redirect.PIPE)) {
            Process process = child.process();
            feed(process, input);
            BoundedOutput stdout =
                    new BoundedOutput(process.getInputStream(), command.program() + " stdout", stdoutBound, 0);
            BoundedOutput stderr = new BoundedOutput(
                    process.getErrorStream(), command.program() + " stderr", STDERR_BOUND, STDERR_TAIL);
            if (!process.waitFor(command.limits().time().toMillis(), TimeUnit.MILLISECONDS)) {
                throw outOfTime(command.program(), command.limits().time(), "time");
            }
            if (!stdout.await(LEFTOVER_MILLIS) || !stderr.await(LEFTOVER_MILLIS)) {
                child.stop(); // a process left behind holds the pipe: with its end the pumps see theirs
                stdout.await(LEFTOVER_MILLIS);
                stderr.await(LEFTOVER_MILLIS);
            }
            if (process.exitValue() == ExitStatus.SIGNALLED + ExitStatus.SIGXCPU) {
                throw outOfTime(command.program(), command.limits().processor(), "processor time");
            }
            return new ExecResult(process.exitValue(), stdout.text(), stderr.text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ImageException.of(
                    Kind.CANCELLED, "Stopped while " + command.program() + " ran", "the build was cancelled", "", e);
        }
    }

    private static void feed(Process process, String input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            // it ended before; its exit code shows why
        }
    }

    static ImageException outOfTime(String program, Duration limit, String what) {
        return ImageException.of(
                Kind.ENVIRONMENT,
                program + " was stopped",
                "it did not finish within " + limit.toSeconds() + " seconds of " + what,
                "The source may be damaged or hostile, or the machine overloaded; check the source and try again.");
    }
}
