package io.imagewright.progress;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.progress.ProgressEvent.CopyProgress;
import io.imagewright.progress.ProgressEvent.Failure;
import io.imagewright.progress.ProgressEvent.Info;
import io.imagewright.progress.ProgressEvent.StepEnded;
import io.imagewright.progress.ProgressEvent.StepSkipped;
import io.imagewright.progress.ProgressEvent.StepStarted;
import io.imagewright.progress.ProgressEvent.StillRunning;
import io.imagewright.progress.ProgressEvent.Warning;

/**
 * Events as the messages of snf-image's Progress Monitoring Interface (reference/snf.md 2.5): one JSON object per line with {@code type}
 * and {@code timestamp}. A step is a task of the {@code image-helper}; copy progress comes between two {@code image-info} with the texts
 * that snf-image has for it. Copy progress must be throttled before it comes here. Not thread-safe.
 */
final class MonitorCodec {

    /** Characters of the longest text. */
    static final int MAX_TEXT = 2000;

    private final Clock clock;
    private boolean copying;
    private boolean inStep;

    MonitorCodec(Clock clock) {
        this.clock = clock;
    }

    /** The lines, without their ends, that report the event. */
    List<String> lines(ProgressEvent event) {
        List<String> lines = new ArrayList<>();
        if (event instanceof StepStarted started) {
            inStep = true;
            copying = false;
            lines.add(helper("task-start").put("task", limit(started.step())).toString());
        } else if (event instanceof StepEnded ended) {
            if (copying) {
                lines.add(messages(message("image-info"), "Image copy finished."));
            }
            inStep = false;
            copying = false;
            lines.add(helper("task-end").put("task", limit(ended.step())).toString());
        } else if (event instanceof StepSkipped skipped) {
            lines.add(warning(skipped.step() + " skipped: " + skipped.reason()));
        } else if (event instanceof CopyProgress progress) {
            if (!copying) {
                copying = true;
                lines.add(messages(message("image-info"), "Starting image copy..."));
            }
            lines.add(copyProgress(progress));
        } else if (event instanceof Info info) {
            lines.add(messages(message("image-info"), info.message().toString()));
        } else if (event instanceof StillRunning) {
            lines.add(messages(message("image-info"), LogLine.of(event).text()));
        } else if (event instanceof Warning warning) {
            lines.add(warning(warning.message().toString()));
        } else if (event instanceof Failure failure) {
            if (inStep) {
                lines.add(messages(helper("error"), failure.message().toString()));
            }
            lines.add(messages(message("image-error"), failure.message().toString()));
        }
        return lines;
    }

    private String copyProgress(CopyProgress progress) {
        BigDecimal percent = progress.total() <= 0
                ? new BigDecimal("0.0")
                : BigDecimal.valueOf(progress.position())
                        .multiply(BigDecimal.valueOf(100))
                        .divide(BigDecimal.valueOf(progress.total()), 2, RoundingMode.HALF_UP);
        return message("image-copy-progress")
                .put("position", progress.position())
                .put("total", progress.total())
                .put("progress", percent)
                .toString();
    }

    /** The text begins with a blank: snf-image takes it from its line {@code WARNING: text}, and its monitors know it so. */
    private String warning(String text) {
        return messages(helper("warning"), " " + text);
    }

    private ObjectNode helper(String subtype) {
        return message("image-helper").put("subtype", subtype);
    }

    private ObjectNode message(String type) {
        // not a double, which would be written as 1.7E9
        BigDecimal seconds = BigDecimal.valueOf(clock.millis(), 3);
        return JsonNodeFactory.instance.objectNode().put("type", type).put("timestamp", seconds);
    }

    private static String messages(ObjectNode node, String text) {
        node.putArray("messages").add(limit(text));
        return node.toString();
    }

    private static String limit(String text) {
        return PrintableText.limit(text, MAX_TEXT);
    }
}
