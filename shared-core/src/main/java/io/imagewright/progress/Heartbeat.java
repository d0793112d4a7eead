package io.imagewright.progress;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.imagewright.progress.ProgressEvent.CopyProgress;
import io.imagewright.progress.ProgressEvent.ProgramEnded;
import io.imagewright.progress.ProgressEvent.StepActivity;
import io.imagewright.progress.ProgressEvent.StepEnded;
import io.imagewright.progress.ProgressEvent.StepProgress;
import io.imagewright.progress.ProgressEvent.StepStarted;
import io.imagewright.progress.ProgressEvent.StillRunning;

/**
 * Passes events on, and reports every ten seconds that the work goes on when there was no other event for so long. What it passes on to hears one event
 * at a time. Thread-safe. Ends with {@link #close}.
 */
public final class Heartbeat implements ProgressListener, AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final long TICK_MILLIS = 500;

    private final ProgressListener next;
    private final LongSupplier nanos;
    private final ScheduledThreadPoolExecutor timer;
    private String step = "";
    private String activity = "";
    private String percent = "";
    private long started;
    private long last;
    private boolean closed;

    /** A heartbeat in front of a listener. */
    public static Heartbeat start(ProgressListener next) {
        Heartbeat heartbeat = new Heartbeat(next, System::nanoTime);
        heartbeat.begin();
        return heartbeat;
    }

    /** @param nanos a clock that never goes back, as {@link System#nanoTime} */
    Heartbeat(ProgressListener next, LongSupplier nanos) {
        this.next = next;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
        this.last = started;
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "heartbeat");
            thread.setDaemon(true);
            return thread;
        });
    }

    private void begin() {
        ScheduledFuture<?> unused = timer.schedule(
                () -> {
                    tick();
                    begin();
                },
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void on(ProgressEvent event) {
        if (event instanceof StepStarted begun) {
            begin(begun.step());
        } else if (event instanceof StepActivity doing) {
            activity = doing.activity();
        } else if (event instanceof StepProgress progress) {
            percent = progress.percent() + " %";
        } else if (!(event instanceof ProgramEnded) && !isRepeated(event)) {
            last = nanos.getAsLong();
        }
        if (event instanceof StepEnded) {
            begin("");
        }
        next.on(event);
    }

    /** Progress that stands still is no news. */
    private boolean isRepeated(ProgressEvent event) {
        if (event instanceof CopyProgress progress) {
            String copied = LogLine.copied(progress);
            boolean repeated = copied.equals(percent);
            percent = copied;
            return repeated;
        }
        return false;
    }

    private void begin(String name) {
        step = name;
        activity = "";
        percent = "";
        started = nanos.getAsLong();
        last = started;
    }

    /** Looks at the clock. */
    synchronized void tick() {
        long now = nanos.getAsLong();
        if (!closed && now - last >= INTERVAL.toNanos()) {
            last = now;
            String separator = activity.isEmpty() || percent.isEmpty() ? "" : ", ";
            next.on(new StillRunning(step, Duration.ofNanos(now - started), percent + separator + activity));
        }
    }

    /** Nothing is passed on by the clock any more when this returns. */
    @Override
    public synchronized void close() {
        closed = true;
        timer.shutdownNow();
    }
}
