package io.imagewright.exec;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/**
 * A started program that cannot outlive this object or this JVM: {@link #close} and the end of the JVM kill it with everything that it started.
 *
 * <p>For the few callers that talk with a program while it runs; everybody else uses {@link Exec}. Each program gets a session of its
 * own: it cannot ask on the user's terminal, and processes that lost their parent are still found by their session. The program ends
 * with the thread that started it, so that thread has to stay until the program is no more needed.
 */
public final class ChildProcess implements AutoCloseable {

    /** Reads as empty, swallows everything. */
    public static final File NULL_DEVICE = new File("/dev/null");

    /** Variables with secrets, which are for us and not for the programs that we start: a script that prints its environment would print them. */
    private static final List<String> SECRETS = List.of("IMAGEWRIGHT_LUKS_KEY", "MAVEN_GPG_PASSPHRASE");

    /** How long a process may tidy up between being asked and being forced to end. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Process process;
    private final Thread hook;

    private ChildProcess(Process process, Thread hook) {
        this.process = process;
        this.hook = hook;
    }

    /** Starts a program whose output is read: {@link #start(Command, Redirect, Redirect, Redirect)} with a pipe for its standard output. */
    public static ChildProcess start(Command command, Redirect stdin, Redirect stderr) {
        return start(command, stdin, Redirect.PIPE, stderr);
    }

    /**
     * Starts the program.
     *
     * @param command the time limit of its limits is the caller's to keep; the others are set. Its {@code LC_ALL} is C but for what
     *     its environment says.
     * @param stdin {@link Redirect#PIPE} to write to it
     * @param stdout {@link Redirect#PIPE} to read it
     * @param stderr for example {@link Redirect#INHERIT}
     * @throws ImageException ENVIRONMENT when the program is missing or cannot be started, CANCELLED while the JVM ends
     */
    public static ChildProcess start(Command command, Redirect stdin, Redirect stdout, Redirect stderr) {
        return start(
                command,
                builder -> builder.redirectInput(stdin).redirectOutput(stdout).redirectError(stderr));
    }

    /** The same with nothing to read and one pipe for both of its output streams. */
    static ChildProcess startMerged(Command command) {
        return start(
                command,
                builder -> builder.redirectInput(Redirect.from(NULL_DEVICE))
                        .redirectOutput(Redirect.PIPE)
                        .redirectErrorStream(true));
    }

    private static ChildProcess start(Command command, UnaryOperator<ProcessBuilder> redirect) {
        ProcessBuilder builder = redirect.apply(new ProcessBuilder(wrap(command)));
        builder.environment().put("LC_ALL", "C"); // messages are parsed and quoted; one language, one number format
        SECRETS.forEach(builder.environment()::remove);
        builder.environment().putAll(command.environment());
        CompletableFuture<Process> started = new CompletableFuture<>();
        // registered before the start: a JVM that ends in the very moment of the start waits for it and kills
        Thread hook = new Thread(
                () -> started.thenAccept(ChildProcess::kill)
                        .exceptionally(e -> null)
                        .join(),
                "kill " + command.program());
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            throw ImageException.of(
                    Kind.CANCELLED,
                    "Stopped before " + Path.of(command.program()).getFileName() + " was started",
                    "the JVM is ending",
                    "",
                    e);
        }
        try {
            Process process = builder.start();
            started.complete(process);
            return new ChildProcess(process, hook);
        } catch (IOException e) {
            started.cancel(false);
            forget(hook);
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot start " + command.program(),
                    String.valueOf(e.getMessage()),
                    "Check the machine's memory and its limit of processes.",
                    e);
        }
    }

    /**
     * {@code setsid}, {@code prlimit} and {@code setpriv} replace themselves by the program, so the process id stays the one that Java
     * knows.
     */
    private static List<String> wrap(Command command) {
        List<String> argv = new ArrayList<>();
        Path program =
                ProgramPath.find(command.program()); // first: the user cares more for this one than for the wrappers
        argv.add(ProgramPath.find("setsid").toString());
        argv.add(ProgramPath.find("prlimit").toString());
        argv.add("--core=0");
        Limits limits = command.limits();
        if (!limits.processor().isZero()) {
            // a second between soft and hard limit: SIGXCPU comes first, which distinguishes this limit from any other
            // kill
            long seconds = Math.max(1, limits.processor().toSeconds());
            argv.add("--cpu=" + seconds + ":" + (seconds + 1));
        }
        if (limits.addressSpace() > 0) {
            argv.add("--as=" + limits.addressSpace());
        }
        // when the thread that starts the program dies, be it by a SIGKILL that lets nobody tidy up, so does the
        // program (prctl(2))
        argv.addAll(List.of(ProgramPath.find("setpriv").toString(), "--pdeathsig", "KILL"));
        argv.add("--");
        argv.add(program.toString());
        argv.addAll(command.argv().subList(1, command.argv().size()));
        return argv;
    }

    /** The process, for its streams and its end. */
    public Process process() {
        return process;
    }

    /** Kills what is left of the program and of everything it started; returns when that is done. May be called by any thread and often. */
    public void stop() {
        kill(process);
    }

    private static void kill(Process process) {
        ProcessTree.kill(process, GRACE);
    }

    /** {@link #stop} and forget. */
    @Override
    public void close() {
        stop();
        forget(hook);
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is ending: the hook runs anyway and finds nothing left
        }
    }
}
