package io.imagewright.maven;

import java.io.PrintStream;

import io.imagewright.error.ImageException;
import io.imagewright.progress.ConsoleRenderer;
import io.imagewright.progress.ExternalMonitor;
import io.imagewright.progress.Heartbeat;
import io.imagewright.progress.Listeners;
import io.imagewright.progress.PlainRenderer;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Terminal;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** Renders the events of a build onto Maven's log, and passes it on to the user's monitor. */
final class MavenProgress implements ProgressListener, AutoCloseable {

    private final Log log;
    private final Heartbeat target;
    private final @Nullable ExternalMonitor monitor;
    private boolean failureReported;

    private MavenProgress(Log log, ProgressListener target, @Nullable ExternalMonitor monitor) {
        this.log = log;
        this.target = Heartbeat.start(target);
        this.monitor = monitor;
    }

    /**
     * Starts the monitor, when there is one.
     *
     * @param program the monitor
     * @throws io.imagewright.error.ImageException ENVIRONMENT when the monitor is no program
     */
    static MavenProgress open(String image, Log log, ConsoleStyle style, @Nullable String program) {
        ProgressListener renderer = renderer(log, style);
        if (program == null || program.isBlank()) {
            return new MavenProgress(log, renderer, null);
        }
        ExternalMonitor monitor = ExternalMonitor.start(program.strip(), image, log::warn);
        return new MavenProgress(log, Listeners.all(renderer, monitor), monitor);
    }

    private static ProgressListener renderer(Log log, ConsoleStyle style) {
        if (style == ConsoleStyle.PLAIN) {
            return new PlainRenderer(log::info, log::warn, System::nanoTime);
        }
        PrintStream terminal = System.out;
        return new ConsoleRenderer(log::info, log::warn, terminal, Terminal.width(System.getenv()), System::nanoTime);
    }

    /** Does the work; the monitor hears of its failure, whoever found it. */
    void reportingFailure(Runnable work) {
        try {
            work.run();
        } catch (ImageException e) {
            if (!failureReported) {
                on(new ProgressEvent.Failure(e.message()));
            }
            throw e;
        }
    }

    @Override
    public void on(ProgressEvent event) {
        if (event instanceof ProgressEvent.ProgramEnded ended) {
            log.debug(ended.describe());
            return;
        }
        failureReported |= event instanceof ProgressEvent.Failure;
        target.on(event.in(MavenWording.INSTANCE));
    }

    @Override
    public void close() {
        target.close();
        if (monitor != null) {
            monitor.close();
        }
    }
}
