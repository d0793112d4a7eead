package io.imagewright.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.exec.ProcessExec;
import io.imagewright.job.GuestJob;
import io.imagewright.job.GuestReport;
import io.imagewright.job.GuestWork;
import io.imagewright.progress.LoggingExec;
import io.imagewright.progress.ProgressListener;

/**
 * Entry of the worker's JVM: one job on standard input, messages on standard output, diagnostics on standard error. The end of
 * standard input means that the build is gone: the worker stops, and its programs with it.
 */
public final class WorkerMain {

    /** Exit code after a failure that was reported as a message. */
    private static final int FAILED = 1;

    /** Exit code when the build went away. */
    private static final int ABANDONED = 3;

    /** Made before there is no memory to make it. */
    private static final Message OUT_OF_MEMORY = Message.of(
            "The worker that prepares the guest ran out of memory: the guest needs more than ",
            Runtime.getRuntime().maxMemory() >> 20,
            " MiB of it. Its file systems are very large and fragmented, or one of the user's own operations collects too much");

    private static final Message LESS_MEMORY =
            Message.of("Take a smaller guest, or leave out that operation (", SettingName.SYSPREP_DISABLE, ").");

    /** Whether the last message is on its way: the build has no more to say then. */
    private static volatile boolean done;

    private WorkerMain() {}

    /** Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        // whatever a library prints must not get between the messages
        System.setOut(System.err);
        // the build is still preparing the job
        WorkerMessages.prepareWorker();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = in.readLine();
        if (line == null) {
            System.exit(ABANDONED);
            return;
        }
        watch(in);
        System.exit(work(line, out));
    }

    private static int work(String line, PrintStream out) {
        try {
            GuestJob job = WorkerMessages.read(line, GuestJob.class);
            ProgressListener listener = event -> send(out, WorkerMessages.Progress.of(event));
            GuestReport report = new GuestWork(job, new LoggingExec(new ProcessExec(), listener), listener).run();
            send(out, new WorkerMessages.Done(report));
            return 0;
        } catch (ImageException failure) {
            if (failure.kind() == ImageException.Kind.INTERNAL) {
                failure.printStackTrace();
            }
            send(out, WorkerMessages.Failed.of(failure.kind(), failure.problem(), failure.next()));
            return FAILED;
        } catch (OutOfMemoryError full) {
            send(out, WorkerMessages.Failed.of(ImageException.Kind.ENVIRONMENT, OUT_OF_MEMORY, LESS_MEMORY));
            return FAILED;
        } catch (RuntimeException | Error bug) {
            bug.printStackTrace();
            send(
                    out,
                    WorkerMessages.Failed.of(
                            ImageException.Kind.INTERNAL, Message.of("The worker failed: ", bug), Message.EMPTY));
            return FAILED;
        }
    }

    private static synchronized void send(PrintStream out, WorkerMessages.FromWorker message) {
        done = !(message instanceof WorkerMessages.Progress);
        out.println(WorkerMessages.write(message));
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
                    if (!done) {
                        System.exit(ABANDONED);
                    }
                },
                "watch the build");
        watcher.setDaemon(true);
        watcher.start();
    }
}
