package io.imagewright.progress;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.imagewright.progress.ProgressEvent.CopyProgress;

/**
 * Writes a build as log lines: one for each step when it ends, with its duration; one at most every three seconds while it copies; one
 * for each warning, note and skipped step. A failure gets no line: the front end reports it with its exit.
 */
public final class PlainRenderer implements ProgressListener {

    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final Consumer<String> info;
    private final Consumer<String> warn;
    private final ProgressListener throttle;

    /**
     * A renderer onto a log.
     *
     * @param nanos a clock that never goes back, as {@link System#nanoTime}
     */
    public PlainRenderer(Consumer<String> info, Consumer<String> warn, LongSupplier nanos) {
        this.info = info;
        this.warn = warn;
        this.throttle = new Throttle(this::print, INTERVAL, nanos);
    }

    @Override
    public void on(ProgressEvent event) {
        throttle.on(event);
    }

    private void print(ProgressEvent event) {
        if (event instanceof CopyProgress progress && progress.position() >= progress.total() && progress.total() > 0) {
            return; // the step's own line follows at once
        }
        LogLine line = LogLine.of(event);
        if (!line.text().isEmpty()) {
            (line.warning() ? warn : info).accept(line.text());
        }
    }
}
