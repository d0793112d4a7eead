package io.imagewright.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import io.imagewright.error.ImageException;
import io.imagewright.exec.ProcessExec;

/**
 * Entry of the worker's JVM: one job on standard input, messages on standard output, diagnostics on standard error. The end of
 * standard input means that the build is gone: the worker stops, and its programs with it.
 */
public final class WorkerMain {

    /** Exit code after a failure that was told as a message. */
    private static final int FAILED = 1;

    /** Exit code when the build went away. */
    private static final int ABANDONED = 3;

    private WorkerMain() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // whatever a library prints must not get between the messages
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        if (line == null) {
            System.exit(ABANDONED);
            return;
        }
        watch(in);
        System.exit(work(Messages.read(line, GuestJob.class), out));
    }

    private static int work(GuestJob job, PrintStream out) {
        try {
            GuestReport report =
                    new GuestWork(job, new ProcessExec(), event -> send(out, Messages.Progress.of(event))).run();
            send(out, new Messages.Done(report));
            return 0;
        } catch (ImageException failure) {
            if (failure.kind() == ImageException.Kind.INTERNAL) {
                failure.printStackTrace();
            }
            send(out, new Messages.Failed(failure.kind(), String.valueOf(failure.getMessage())));
            return FAILED;
        } catch (RuntimeException | Error bug) {
            bug.printStackTrace();
            send(out, new Messages.Failed(ImageException.Kind.INTERNAL, "The worker failed: " + bug));
            return FAILED;
        }
    }

    private static synchronized void send(PrintStream out, Messages.Message message) {
        out.println(Messages.write(message));
    }

    private static void watch(BufferedReader in) {
        Thread watcher = new Thread(
                () -> {
                    try {
                        while (in.readLine() != null) {
                            // nothing is said here after the job
                        }
                    } catch (IOException gone) {
                        // the same as its end
                    }
                    System.exit(ABANDONED);
                },
                "watch the build");
        watcher.setDaemon(true);
        watcher.start();
    }
}
