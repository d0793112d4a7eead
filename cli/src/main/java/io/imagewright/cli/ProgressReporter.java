package io.imagewright.cli;

import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.imagewright.error.ImageException;
import io.imagewright.progress.ConsoleRenderer;
import io.imagewright.progress.ExternalMonitor;
import io.imagewright.progress.Heartbeat;
import io.imagewright.progress.JsonRenderer;
import io.imagewright.progress.Listeners;
import io.imagewright.progress.PlainRenderer;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.SyslogLines;
import io.imagewright.progress.Terminal;
import org.jspecify.annotations.Nullable;

/** Reports the progress of the work on one image: on the console, to syslog and to a monitor. */
final class ProgressReporter implements ProgressListener, AutoCloseable {

    /** How. */
    record Style(
            ProgressOptions.Form form,
            boolean verbose,
            boolean timestamps,
            boolean syslog,
            @Nullable String monitor) {}

    private final Heartbeat listener;
    private final List<AutoCloseable> closings = new ArrayList<>();
    private final PrintStream err;
    private final Vocabulary vocabulary;
    private boolean failureReported;

    private ProgressReporter(Style style, String image, CommandEnvironment surroundings) {
        this.err = surroundings.err();
        this.vocabulary = surroundings.vocabulary();
        List<ProgressListener> listeners = new ArrayList<>();
        listeners.add(renderer(style, surroundings));
        if (style.verbose()) {
            listeners.add(this::program);
        }
        if (style.syslog()) {
            Consumer<String> logger = logger();
            listeners.add(new PlainRenderer(logger, line -> logger.accept("Warning: " + line), System::nanoTime));
        }
        if (style.monitor() != null) {
            ExternalMonitor monitor = ExternalMonitor.start(
                    style.monitor(), image, warning -> surroundings.err().println("Warning: " + warning));
            closings.add(monitor);
            listeners.add(monitor);
        }
        this.listener = Heartbeat.start(Listeners.all(listeners.toArray(ProgressListener[]::new)));
    }

    static ProgressReporter start(Style style, String image, CommandEnvironment surroundings) {
        return new ProgressReporter(style, image, surroundings);
    }

    private static ProgressListener renderer(Style style, CommandEnvironment surroundings) {
        return switch (style.form()) {
            case none -> ProgressListener.NONE;
            case json ->
                new JsonRenderer(line -> surroundings.out().println(line), Clock.systemUTC(), System::nanoTime);
            case human -> {
                long start = System.nanoTime();
                Supplier<String> prefix = () -> style.timestamps()
                        ? String.format(Locale.ROOT, "[%.3fs] ", (System.nanoTime() - start) / 1e9)
                        : "";
                Consumer<String> info = line -> surroundings.err().println(prefix.get() + line);
                Consumer<String> warn = line -> info.accept("Warning: " + line);
                boolean bar = surroundings.watched();
                yield bar
                        ? new ConsoleRenderer(
                                info,
                                warn,
                                surroundings.err(),
                                Terminal.width(surroundings.environment()),
                                System::nanoTime)
                        : new PlainRenderer(info, warn, System::nanoTime);
            }
        };
    }

    /** Programs are of no interest but to those who look for the cause of something. */
    private void program(ProgressEvent event) {
        if (event instanceof ProgressEvent.ProgramEnded ended) {
            err.println("+ " + ended.describe());
        }
    }

    /** Each line becomes a message of syslog. Where that does not work it is said once, and the work goes on. */
    private Consumer<String> logger() {
        SyslogLines lines = SyslogLines.start(warning -> err.println("Warning: " + warning));
        closings.add(lines);
        return lines;
    }

    /** Does the work; who listens hears of its failure, whoever found it. */
    <T> T reportingFailure(Supplier<T> work) {
        try {
            return work.get();
        } catch (ImageException e) {
            if (!failureReported) {
                on(new ProgressEvent.Failure(e.message()));
            }
            throw e;
        }
    }

    /** Reports a failure and goes on; returns its exit code. */
    int failed(Runnable work) {
        try {
            return reportingFailure(() -> {
                work.run();
                return ExitCode.DONE;
            });
        } catch (ImageException failure) {
            err.println("imagewright: " + failure.message().in(vocabulary));
            return ExitCode.of(failure.kind());
        }
    }

    @Override
    public void on(ProgressEvent event) {
        failureReported |= event instanceof ProgressEvent.Failure;
        listener.on(event.in(vocabulary));
    }

    @Override
    public void close() {
        listener.close();
        for (AutoCloseable each : closings) {
            try {
                each.close();
            } catch (Exception failure) {
                // whoever listens, the work is done
                err.println("Warning: " + failure.getMessage());
            }
        }
    }
}
