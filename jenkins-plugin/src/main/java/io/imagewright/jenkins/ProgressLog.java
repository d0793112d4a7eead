package io.imagewright.jenkins;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.imagewright.progress.ByteCount;
import io.imagewright.progress.SummaryTable;
import org.jspecify.annotations.Nullable;

/**
 * Turns the messages of the command line into a build's log, as they arrive: a line for each step when it ends, one at most every ten seconds while
 * it copies, one for each note and warning, and the table of all steps at the end. Keeps the results. Thread-safe.
 */
final class ProgressLog {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final String OWN = "imagewright: ";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final PrintStream log;
    private final UnaryOperator<String> warning;
    private final LongSupplier nanos;
    private final List<JsonNode> results = new ArrayList<>();
    private SummaryTable table = new SummaryTable();
    private final Set<String> reasons = new HashSet<>();
    private String failure = "";
    private String plain = "";
    private double started;
    private long shown;
    private String step = "";
    private long copied;

    /**
     * A log that goes on.
     *
     * @param warning makes a line stand out
     * @param nanos a clock that never goes back, as {@link System#nanoTime}
     */
    ProgressLog(PrintStream log, UnaryOperator<String> warning, LongSupplier nanos) {
        this.log = log;
        this.warning = warning;
        this.nanos = nanos;
        this.shown = nanos.getAsLong();
    }

    /** A line of the command line's output. What is no message is shown as it is: a wrapper may speak, or the Java program. */
    synchronized void line(String line) {
        JsonNode message = message(line);
        if (message == null) {
            if (!line.isBlank()) {
                plain(line.strip());
            }
            return;
        }
        switch (message.path("type").asText()) {
            case "image-info" -> info(message);
            case "image-error" -> reason(printable(text(message)));
            case "image-copy-progress" -> copy(message);
            case "image-helper" -> helper(message);
            case "image-result" -> result(message);
            default -> {
                // of a later version
            }
        }
    }

    private void plain(String text) {
        if (text.startsWith(OWN)) {
            reason(printable(text.substring(OWN.length())));
            return;
        }
        if (plain.isEmpty()) {
            // what came first, which is why the rest came
            plain = printable(text);
        }
        log.println(printable(text));
    }

    /**
     * Of a failure; it comes as a message, and again for people, of which only the first line is known here. Jenkins shows the last one as what
     * the build ends with, so it waits here.
     */
    private void reason(String text) {
        boolean goesOn = text.startsWith(failure);
        if (goesOn || reasons.stream().noneMatch(known -> known.startsWith(text))) {
            if (!goesOn) {
                log.println(failure);
            }
            failure = text;
        }
        reasons.add(text);
    }

    private static @Nullable JsonNode message(String line) {
        if (!line.startsWith("{")) {
            return null;
        }
        try {
            JsonNode node = MAPPER.readTree(line);
            return node != null && node.path("type").isTextual() ? node : null;
        } catch (JsonProcessingException no) {
            return null;
        }
    }

    private void info(JsonNode message) {
        String text = text(message);
        // snf-image's words for the begin and the end of a copy; the step's own line has the same
        if (!text.equals("Starting image copy...") && !text.equals("Image copy finished.")) {
            log.println(printable(text));
        }
    }

    private void copy(JsonNode message) {
        long position = message.path("position").asLong();
        long total = message.path("total").asLong();
        copied = position;
        long now = nanos.getAsLong();
        if (now - shown >= INTERVAL.toNanos() && position < total) {
            shown = now;
            log.println(String.format(
                    Locale.ROOT,
                    "%s: %d %%, %s of %s",
                    step,
                    Math.round(100.0 * position / total),
                    ByteCount.format(position),
                    ByteCount.format(total)));
        }
    }

    private void helper(JsonNode message) {
        double timestamp = message.path("timestamp").asDouble();
        switch (message.path("subtype").asText()) {
            case "task-start" -> {
                step = printable(message.path("task").asText());
                started = timestamp;
                shown = nanos.getAsLong();
                copied = 0;
            }
            case "task-end" -> {
                Duration duration = Duration.ofMillis(Math.max(0, Math.round(1000 * (timestamp - started))));
                table.add(step, duration, copied);
                log.println(String.format(
                        Locale.ROOT,
                        "%s: %s%.1f s",
                        step,
                        copied > 0 ? ByteCount.format(copied) + ", " : "",
                        duration.toMillis() / 1000.0));
            }
            case "warning" -> log.println(warning.apply("Warning: " + printable(text(message))));
            default -> {
                // an error comes again as the image's
            }
        }
    }

    private void result(JsonNode message) {
        results.add(message);
        table.lines().forEach(log::println);
        table = new SummaryTable();
    }

    /** What came of the command, one for each image. */
    synchronized List<JsonNode> results() {
        return List.copyOf(results);
    }

    /** Why it failed, in its own words. */
    synchronized String failure() {
        return failure.isEmpty() ? plain : failure;
    }

    private static String text(JsonNode message) {
        List<String> texts = new ArrayList<>();
        message.path("messages").forEach(text -> texts.add(text.asText().strip()));
        return String.join(" ", texts);
    }

    /** Names of a guest are anybody's: no control characters, which could forge lines. */
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().limit(4000).forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return shown.toString();
    }
}
