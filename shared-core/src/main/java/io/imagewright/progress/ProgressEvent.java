package io.imagewright.progress;

import java.time.Duration;

import io.imagewright.error.Message;
import io.imagewright.error.Wording;

/** An event of a build. Immutable; crosses the worker's border as JSON. */
public sealed interface ProgressEvent {

    /** A named step begins, for example {@code shrink}. Steps do not nest. */
    record StepStarted(String step) implements ProgressEvent {}

    /**
     * A named step is done.
     *
     * @param bytes bytes that the step read, wrote or freed; 0 when it has no such figure
     * @param detail what came of it in a few words; may be empty
     */
    record StepEnded(String step, Duration duration, long bytes, String detail) implements ProgressEvent {}

    /** A step is not done, with the reason; nothing is skipped silently. */
    record StepSkipped(String step, String reason) implements ProgressEvent {}

    /**
     * Bytes done of the bytes to do in the running step. Listeners get these often: throttle before printing.
     *
     * @param total bytes in all; 0 when not known
     */
    record CopyProgress(String step, long position, long total) implements ProgressEvent {}

    /**
     * How far the running step is, where that is no matter of bytes. Nothing of it is kept.
     *
     * @param percent 0 to 100
     */
    record StepProgress(String step, int percent) implements ProgressEvent {}

    /**
     * What the running step does at the moment, in a few words. Nothing of it is kept; {@link Heartbeat} shows it when the step takes long.
     */
    record StepActivity(String step, String activity) implements ProgressEvent {}

    /**
     * There was no event for a while, and the work goes on: see {@link Heartbeat}.
     *
     * @param step that runs; empty between steps
     * @param running since its start
     * @param activity what it does; may be empty
     */
    record StillRunning(String step, Duration running, String activity) implements ProgressEvent {}

    /**
     * A program was run, for those who look for the cause of a failure.
     *
     * @param command as a shell would take it; never holds a secret, as no program is given one as an argument
     */
    record ProgramEnded(String command, int exitCode, Duration duration) implements ProgressEvent {

        /** For a log of everything. */
        public String describe() {
            return PrintableText.printable(command) + " (exit code " + exitCode + ", " + duration.toMillis() + " ms)";
        }
    }

    /** A sentence for the log. */
    record Info(Message message) implements ProgressEvent {

        /** One that refers to no setting. */
        public Info(String text) {
            this(Message.of(text));
        }

        @Override
        public Info in(Wording wording) {
            return new Info(message.in(wording));
        }
    }

    /** Something that the user should look at; the build goes on. */
    record Warning(Message message) implements ProgressEvent {

        /** One that refers to no setting. */
        public Warning(String text) {
            this(Message.of(text));
        }

        @Override
        public Warning in(Wording wording) {
            return new Warning(message.in(wording));
        }
    }

    /** The failure that ends the build. */
    record Failure(Message message) implements ProgressEvent {

        /** One that refers to no setting. */
        public Failure(String text) {
            this(Message.of(text));
        }

        @Override
        public Failure in(Wording wording) {
            return new Failure(message.in(wording));
        }
    }

    /** The same event in a front end's words. */
    default ProgressEvent in(Wording wording) {
        return this;
    }
}
