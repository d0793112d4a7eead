package io.imagewright.worker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.exec.BoundedOutput;
import io.imagewright.exec.ChildProcess;
import io.imagewright.exec.Command;
import io.imagewright.exec.ExitStatus;
import io.imagewright.exec.Limits;
import io.imagewright.exec.ProcessExec;
import io.imagewright.job.GuestJob;
import io.imagewright.job.GuestReport;
import io.imagewright.job.GuestWork;
import io.imagewright.progress.LoggingExec;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import org.jspecify.annotations.Nullable;

/** A worker JVM for one job: started as soon as there will be one, so that it is ready when the build is. Used by one thread, which started it. */
public final class WorkerClient implements AutoCloseable {

    /** Characters of a message; the plan of a hundred thousand changes stays below. */
    private static final int MAX_LINE = 32 << 20;

    /** Bytes of the end of what a worker says on its standard error. */
    private static final int MAX_DIAGNOSTICS = 4000;

    /** How long to wait for the last output of a dead worker: what it started may hold the pipe. */
    private static final long LAST_WORDS_MILLIS = 500;

    private static final String DIED = "The worker that prepares the guest died";

    /** Between the end of a process's output and its own. */
    private static final long DYING_MILLIS = 2000;

    /**
     * Enough for the block bitmap and the fragments of the largest file system that is served; the JVM takes no more of it than it
     * needs, and needs a few dozen for an ordinary disk.
     */
    private static final int HEAP_MEBIBYTES = 1024;

    private final List<String> arguments;
    private final long start = System.nanoTime();
    private final ChildProcess child;
    private final BoundedOutput diagnostics;

    private WorkerClient(List<String> arguments) {
        this.arguments = arguments;
        this.child = ChildProcess.start(
                new Command(arguments, environment(), Limits.NONE), Redirect.PIPE, Redirect.PIPE, Redirect.PIPE);
        try {
            this.diagnostics =
                    new BoundedOutput(child.process().getErrorStream(), "the worker's stderr", 0, MAX_DIAGNOSTICS);
            Thread preparation = new Thread(WorkerMessages::prepareBuild, "get ready for the worker's messages");
            preparation.setDaemon(true);
            preparation.start();
        } catch (RuntimeException | Error noThread) {
            child.close();
            throw noThread;
        }
    }

    /**
     * Starts the JVM, and does not wait for it.
     *
     * @param classPath jars and directories of the worker: the core, its dependencies, the user's operations
     * @throws ImageException ENVIRONMENT when it cannot be started
     */
    public static WorkerClient start(List<Path> classPath) {
        return new WorkerClient(arguments(classPath));
    }

    /** Runs the job in this JVM, for debugging: a crash of a native library takes this JVM with it. */
    public static GuestReport runHere(GuestJob job, ProgressListener listener) {
        return new GuestWork(job, new LoggingExec(new ProcessExec(), listener), listener).run();
    }

    /**
     * Runs the job. The time that the listener hears of in the end is that since the start of the JVM.
     *
     * @throws ImageException the worker's own failure; CANCELLED when the thread is interrupted, the worker being dead by then;
     *     INTERNAL when the worker died without a word
     */
    public GuestReport run(GuestJob job, ProgressListener listener) {
        Process process = child.process();
        Thread caller = Thread.currentThread();
        // a read of a pipe cannot be interrupted; the death of the worker ends it
        Thread reaper = new Thread(() -> stopWhenInterrupted(caller, process), "cancel the worker");
        reaper.setDaemon(true);
        reaper.start();
        boolean done = false;
        try {
            GuestReport report = converse(job, listener);
            done = true;
            return report;
        } catch (IOException failure) {
            throw died("it could not be spoken with: " + failure.getMessage());
        } finally {
            // one that has reported its failure may still be on its way out
            int failed = process.isAlive() ? 1 : process.exitValue();
            Duration duration = Duration.ofNanos(System.nanoTime() - start);
            listener.on(new ProgressEvent.ProgramEnded(LoggingExec.shown(arguments), done ? 0 : failed, duration));
        }
    }

    /** Ends the JVM, with everything that it started. */
    @Override
    public void close() {
        try {
            // one without a job takes its end as the order to go
            child.process().getOutputStream().close();
        } catch (IOException gone) {
            // it has ended by itself
        }
        child.close();
    }

    private GuestReport converse(GuestJob job, ProgressListener listener) throws IOException {
        // open until the last message: its end is that of the build for a worker at work. A JVM whose thread still
        // reads takes 300 ms to exit (VM_Exit of HotSpot waits for threads in native code)
        OutputStream stdin = child.process().getOutputStream();
        stdin.write((WorkerMessages.write(job) + "\n").getBytes(StandardCharsets.UTF_8));
        stdin.flush();
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(child.process().getInputStream(), StandardCharsets.UTF_8));
        for (String line = readLine(reader); line != null; line = readLine(reader)) {
            WorkerMessages.FromWorker message = WorkerMessages.read(line, WorkerMessages.FromWorker.class);
            if (message instanceof WorkerMessages.Progress progress) {
                listener.on(progress.read());
            } else if (message instanceof WorkerMessages.Done done) {
                stdin.close();
                return done.report();
            } else if (message instanceof WorkerMessages.Failed failed) {
                stdin.close();
                // a worker that is stopped kills its program, and may say then that the program died
                throw Thread.currentThread().isInterrupted() ? failed("") : failed.read();
            }
        }
        throw died("it ended without a result");
    }

    private static @Nullable String readLine(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (line.length() >= MAX_LINE) {
                throw new IOException("a message of more than " + MAX_LINE + " characters");
            }
            line.append((char) c);
        }
        return null;
    }

    private static void stopWhenInterrupted(Thread caller, Process process) {
        try {
            while (process.isAlive()) {
                if (caller.isInterrupted()) {
                    process.destroy();
                }
                Thread.sleep(100);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> arguments(List<Path> classPath) {
        List<String> arguments = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms48m",
                // long lists of short-lived things: fewer collections
                "-Xmn24m",
                "-Xmx" + HEAP_MEBIBYTES + "m",
                "-Xss8m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8"));
        if (Runtime.version().feature() >= 22) {
            arguments.add("--enable-native-access=ALL-UNNAMED");
        }
        arguments.add("-cp");
        arguments.add(classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        arguments.add(WorkerMain.class.getName());
        return arguments;
    }

    /**
     * libeatmydata, where it is installed, makes fsync(2) do nothing in the worker and its programs: a working copy is thrown away after
     * a crash anyway. Finished files are written, and synced, by the build itself.
     */
    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(WorkerLocale.of(System.getenv()));
        Stream.of("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")
                .map(directory -> Path.of(directory, "libeatmydata.so.1"))
                .filter(Files::isRegularFile)
                .findFirst()
                .ifPresent(library -> environment.put("LD_PRELOAD", library.toString()));
        return environment;
    }

    /** How a worker ended that nothing comes from any more. */
    private ImageException died(String otherwise) {
        Process worker = child.process();
        try {
            if (worker.waitFor(DYING_MILLIS, TimeUnit.MILLISECONDS) && ExitStatus.bySignal(worker.exitValue())) {
                return ImageException.of(
                        ImageException.Kind.ENVIRONMENT,
                        DIED,
                        "it was " + ExitStatus.describe(worker.exitValue()) + lastWords(),
                        "Look for memory that is short or a person or a job that kills processes, and build again.");
            }
            return failed(otherwise);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return failed("");
        }
    }

    /** Its failure; our own doing when the thread was interrupted, which ends the worker and may close its streams under us. */
    private ImageException failed(String reason) {
        if (Thread.currentThread().isInterrupted()) {
            return ImageException.of(
                    ImageException.Kind.CANCELLED,
                    "Stopped while the guest was prepared",
                    "the build was cancelled",
                    "");
        }
        return ImageException.of(
                ImageException.Kind.INTERNAL,
                DIED,
                reason + lastWords(),
                Message.of("Run the build again; should it fail again, ", SettingName.VERBOSE, " shows more."));
    }

    /** For the end of a sentence about the dead worker; empty when it said nothing. */
    private String lastWords() {
        try {
            diagnostics.await(LAST_WORDS_MILLIS);
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        }
        String text = diagnostics.text().strip();
        return text.isEmpty() ? "" : "; it said: " + text;
    }
}
