package io.imagewright.progress;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.imagewright.exec.Command;
import io.imagewright.exec.Exec;
import io.imagewright.exec.ExecResult;
import io.imagewright.exec.OutputLines;

/** Logs each program that was run to its end. As thread-safe as its listener. */
public final class LoggingExec implements Exec {

    private final Exec exec;
    private final ProgressListener listener;

    /** Runs programs by {@code exec} and logs them to {@code listener}. */
    public LoggingExec(Exec exec, ProgressListener listener) {
        this.exec = exec;
        this.listener = listener;
    }

    @Override
    public ExecResult run(Command command) {
        long start = System.nanoTime();
        ExecResult result = exec.run(command);
        log(command, result.exitCode(), start);
        return result;
    }

    @Override
    public int stream(Command command, OutputLines lines) {
        long start = System.nanoTime();
        int exitCode = exec.stream(command, lines);
        log(command, exitCode, start);
        return exitCode;
    }

    private void log(Command command, int exitCode, long start) {
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        listener.on(new ProgressEvent.ProgramEnded(shown(command.argv()), exitCode, duration));
    }

    /** The words, so that the line can be given to a shell. */
    public static String shown(List<String> argv) {
        return argv.stream()
                .map(word -> word.matches("[-A-Za-z0-9_./:=,+@%^]+") ? word : "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }
}
