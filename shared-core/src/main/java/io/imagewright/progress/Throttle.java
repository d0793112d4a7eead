package io.imagewright.progress;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.imagewright.progress.ProgressEvent.CopyProgress;
import io.imagewright.progress.ProgressEvent.Failure;
import io.imagewright.progress.ProgressEvent.StepEnded;
import io.imagewright.progress.ProgressEvent.StepStarted;
import org.jspecify.annotations.Nullable;

/**
 * Lets copy progress through at most once per interval, the first one an interval after the step began, and always the last one of a
 * step, before the step's end. Everything else passes at once.
 */
public final class Throttle implements ProgressListener {

    private final ProgressListener next;
    private final long interval;
    private final LongSupplier nanos;
    private long last;
    private @Nullable CopyProgress held;

    /**
     * A throttle in front of a listener.
     *
     * @param nanos a clock that never goes back, as {@link System#nanoTime}
     */
    public Throttle(ProgressListener next, Duration interval, LongSupplier nanos) {
        this.next = next;
        this.interval = interval.toNanos();
        this.nanos = nanos;
        this.last = nanos.getAsLong();
    }

    @Override
    public void on(ProgressEvent event) {
        if (event instanceof CopyProgress progress) {
            long now = nanos.getAsLong();
            if (now - last >= interval) {
                last = now;
                held = null;
                next.on(progress);
            } else {
                held = progress;
            }
            return;
        }
        if (event instanceof StepEnded || event instanceof Failure || event instanceof StepStarted) {
            release();
        }
        if (event instanceof StepStarted) {
            last = nanos.getAsLong();
        }
        next.on(event);
    }

    private void release() {
        CopyProgress progress = held;
        held = null;
        if (progress != null) {
            next.on(progress);
        }
    }
}
