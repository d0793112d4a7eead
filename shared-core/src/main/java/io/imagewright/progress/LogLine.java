package io.imagewright.progress;

import java.util.Locale;

import io.imagewright.progress.ProgressEvent.CopyProgress;
import io.imagewright.progress.ProgressEvent.Info;
import io.imagewright.progress.ProgressEvent.StepEnded;
import io.imagewright.progress.ProgressEvent.StepSkipped;
import io.imagewright.progress.ProgressEvent.StillRunning;
import io.imagewright.progress.ProgressEvent.Warning;

/**
 * The line that an event gets in a log.
 *
 * @param text empty when the event has no line: a step's begin, and a failure, which the front end reports itself
 * @param warning whether it deserves attention
 */
record LogLine(String text, boolean warning) {

    private static final int MAX_LENGTH = 4000;

    static LogLine of(ProgressEvent event) {
        if (event instanceof Warning warning) {
            return new LogLine(clean(warning.message().toString()), true);
        }
        return new LogLine(clean(text(event)), false);
    }

    private static String text(ProgressEvent event) {
        if (event instanceof StepEnded ended) {
            String bytes = ended.bytes() > 0 ? ByteCount.format(ended.bytes()) : "";
            String separator = ended.detail().isEmpty() || bytes.isEmpty() ? "" : ", ";
            String came = ended.detail() + separator + bytes;
            double seconds = ended.duration().toMillis() / 1000.0;
            return String.format(
                    Locale.ROOT, "%s: %s in %.1f s", ended.step(), came.isEmpty() ? "done" : came, seconds);
        }
        if (event instanceof StepSkipped skipped) {
            return skipped.step() + ": skipped, " + skipped.reason();
        }
        if (event instanceof StillRunning still) {
            String step = still.step().isEmpty() ? "" : still.step() + ": ";
            String activity = still.activity().isEmpty() ? "" : ", " + still.activity();
            return step + "still running after " + still.running().toSeconds() + " s" + activity;
        }
        if (event instanceof Info info) {
            return info.message().toString();
        }
        if (event instanceof CopyProgress progress) {
            return progress.step() + ": " + copied(progress);
        }
        return "";
    }

    /** For example {@code 45 %, 1.2 GiB of 2.7 GiB}. */
    static String copied(CopyProgress progress) {
        if (progress.total() <= 0) {
            return ByteCount.format(progress.position());
        }
        return percent(progress) + " %, " + ByteCount.format(progress.position()) + " of "
                + ByteCount.format(progress.total());
    }

    /** 0 to 100, whatever the event says. */
    static int percent(CopyProgress progress) {
        if (progress.total() <= 0) {
            return 0;
        }
        return (int) Math.max(0, Math.min(100, 100.0 * progress.position() / progress.total()));
    }

    private static String clean(String text) {
        return PrintableText.printable(PrintableText.limit(text, MAX_LENGTH));
    }
}
