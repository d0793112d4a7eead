package io.imagewright.progress;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.exec.ChildProcess;
import io.imagewright.exec.Command;
import io.imagewright.exec.Limits;

/**
 * A program that reads on its standard input what {@link MonitorCodec} writes, as {@code PROGRESS_MONITOR} of snf-image does (reference/snf.md
 * 2.5): started with the image's name as its argument, copy progress every three seconds and once at the end of a step.
 *
 * <p>Whatever the program does, the build goes on: it never waits for it, and warns once when the program died or does not read. Its
 * standard output goes nowhere, its diagnostics go to ours. Called by one thread at a time, as every listener.
 */
public final class ExternalMonitor implements ProgressListener, AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(3);

    /** Lines that wait for a slow reader; at one per three seconds and a few per step far more than a build has. */
    private static final int QUEUE = 1000;

    /** How long a monitor may read on, and then work on, after the build. */
    private static final long GRACE_MILLIS = 2000;

    private static final String END = "";

    private final String program;
    private final Consumer<String> warn;
    private final ChildProcess child;
    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE);
    private final MonitorCodec codec;
    private final ProgressListener throttle;
    private final Thread writer;
    private final AtomicBoolean dead = new AtomicBoolean();
    private boolean warned;

    private ExternalMonitor(
            String program, ChildProcess child, Consumer<String> warn, Clock clock, LongSupplier nanos) {
        this.program = program;
        this.child = child;
        this.warn = warn;
        this.codec = new MonitorCodec(clock);
        this.throttle = new Throttle(this::send, INTERVAL, nanos);
        this.writer = new Thread(this::write, "progress monitor");
        writer.setDaemon(true);
    }

    /**
     * Starts the program.
     *
     * @param program name or path, without arguments
     * @param image name of the image, the program's only argument
     * @param warn called at most once, by the thread that calls {@link #on} or {@link #close}
     * @throws io.imagewright.error.ImageException ENVIRONMENT when there is no such program
     */
    public static ExternalMonitor start(String program, String image, Consumer<String> warn) {
        return start(program, image, warn, Clock.systemUTC(), System::nanoTime);
    }

    static ExternalMonitor start(String program, String image, Consumer<String> warn, Clock clock, LongSupplier nanos) {
        // its time is the build's: close() ends it
        Command command = new Command(List.of(program, image), Map.of(), Limits.NONE);
        ChildProcess child;
        try {
            child = ChildProcess.start(command, Redirect.PIPE, Redirect.DISCARD, Redirect.INHERIT);
        } catch (ImageException e) {
            if (e.kind() != Kind.ENVIRONMENT) {
                throw e;
            }
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    Message.of("Cannot start the progress monitor ", program),
                    e.message().clause(),
                    Message.of(
                            "Give a program's name or path, without arguments (", SettingName.PROGRESS_MONITOR, ")."),
                    e);
        }
        ExternalMonitor monitor = new ExternalMonitor(program, child, warn, clock, nanos);
        monitor.writer.start();
        return monitor;
    }

    @Override
    public void on(ProgressEvent event) {
        throttle.on(event);
    }

    private void send(ProgressEvent event) {
        for (String line : codec.lines(event)) {
            if (!dead.get() && !queue.offer(line)) {
                warnOnce("progress monitor does not read, messages are lost");
            }
        }
        warnOfDeath();
    }

    private void write() {
        try (OutputStream out = child.process().getOutputStream()) {
            for (String line = queue.take(); !line.equals(END); line = queue.take()) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            dead.set(true);
        } catch (InterruptedException e) {
            // close() has given up on a reader that does not read
        }
    }

    private void warnOfDeath() {
        if (dead.get()) {
            warnOnce("progress monitor has died");
        }
    }

    private void warnOnce(String what) {
        if (!warned) {
            warned = true;
            warn.accept(what + " (" + program + "); the build goes on without it");
        }
    }

    /** Lets the program read the rest and end by itself for a moment each, then kills it. */
    @Override
    public void close() {
        boolean interrupted = false;
        try {
            if (!dead.get() && queue.offer(END, GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                writer.join(GRACE_MILLIS);
            }
            if (writer.isAlive()) {
                warnOnce("progress monitor does not read, messages are lost");
            } else if (child.process().waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                dead.compareAndSet(false, child.process().exitValue() != 0);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        warnOfDeath();
        child.close();
        writer.interrupt();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
