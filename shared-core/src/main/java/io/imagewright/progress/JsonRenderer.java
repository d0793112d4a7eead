package io.imagewright.progress;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Writes a build as the messages of snf-image's Progress Monitoring Interface (reference/snf.md 2.5), one JSON object a line; copy progress at most
 * every three seconds and once at the end of a step. Not thread-safe.
 */
public final class JsonRenderer implements ProgressListener {

    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final ProgressListener throttle;

    /**
     * A renderer onto lines.
     *
     * @param lines takes them, without their ends
     * @param nanos a clock that never goes back, as {@link System#nanoTime}
     */
    public JsonRenderer(Consumer<String> lines, Clock clock, LongSupplier nanos) {
        MonitorCodec codec = new MonitorCodec(clock);
        this.throttle = new Throttle(event -> codec.lines(event).forEach(lines), INTERVAL, nanos);
    }

    @Override
    public void on(ProgressEvent event) {
        throttle.on(event);
    }
}
