package io.imagewright.progress;

import java.time.Duration;
import java.util.function.LongConsumer;

import io.imagewright.error.Message;

/** Runs the steps of a build one after the other and notifies a listener when each begins and ends. */
public final class Steps {

    private final ProgressListener listener;

    /** Steps reported to this listener. */
    public Steps(ProgressListener listener) {
        this.listener = listener;
    }

    /** What a running step says of itself. */
    public static final class Running {

        private final String step;
        private final ProgressListener listener;
        private long bytes;
        private String detail = "";
        private String activity = "";

        private Running(String step, ProgressListener listener) {
            this.step = step;
            this.listener = listener;
        }

        /** Bytes that the step read, wrote or freed, for the summary. */
        public void bytes(long count) {
            bytes = count;
        }

        /** What came of it in a few words. */
        public void detail(String words) {
            detail = words;
        }

        /** How far it is, where that is no matter of bytes. */
        public void progress(long position, long total) {
            if (total > 0) {
                int percent = (int) Math.max(0, Math.min(100, 100.0 * position / total));
                listener.on(new ProgressEvent.StepProgress(step, percent));
            }
        }

        /** What it does at the moment, in a few words: shown when it takes long. */
        public void doing(String words) {
            if (!words.equals(activity)) {
                activity = words;
                listener.on(new ProgressEvent.StepActivity(step, words));
            }
        }

        /** A line that a program printed. */
        public void output(String program, String line) {
            info(program + ": " + line);
        }

        /** Reports something that is neither a result nor a warning. */
        public void info(String message) {
            info(Message.of(message));
        }

        /** Reports something that is neither a result nor a warning. */
        public void info(Message message) {
            listener.on(new ProgressEvent.Info(message));
        }

        /** A listener for bytes done, which the log gets as copy progress. */
        public LongConsumer copying(long total) {
            return position -> {
                bytes = position;
                listener.on(new ProgressEvent.CopyProgress(step, position, total));
            };
        }
    }

    /** What a step does, and what comes of it. */
    public interface Work<T, E extends Exception> {

        /** Does it. */
        T run(Running step) throws E;
    }

    /** What a step does. */
    public interface Task<E extends Exception> {

        /** Does it. */
        void run(Running step) throws E;
    }

    /** Runs a step. A failing step has no end. */
    public <T, E extends Exception> T run(String name, Work<T, E> work) throws E {
        Running running = new Running(name, listener);
        long start = System.nanoTime();
        listener.on(new ProgressEvent.StepStarted(name));
        T result = work.run(running);
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        listener.on(new ProgressEvent.StepEnded(name, duration, running.bytes, running.detail));
        return result;
    }

    /** Runs a step without a result. */
    public <E extends Exception> void perform(String name, Task<E> task) throws E {
        run(name, step -> {
            task.run(step);
            return true;
        });
    }

    /** Reports that a step is left out. */
    public void skip(String name, String reason) {
        listener.on(new ProgressEvent.StepSkipped(name, reason));
    }

    /** Warns of something that the user should look at. */
    public void warn(String message) {
        warn(Message.of(message));
    }

    /** Warns of something that the user should look at. */
    public void warn(Message message) {
        listener.on(new ProgressEvent.Warning(message));
    }
}
