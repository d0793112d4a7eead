package io.imagewright.progress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** The table at the end of a build: step, seconds, bytes. Not thread-safe. */
public final class SummaryTable {

    private record Row(String step, Duration duration, String bytes, String meaning) {
        String seconds() {
            return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
        }
    }

    private final List<Row> rows = new ArrayList<>();

    /**
     * Adds a line.
     *
     * @param bytes what the step read, wrote or freed; nothing is shown for 0
     * @param meaning of the bytes, in a few words; may be empty
     */
    public SummaryTable add(String step, Duration duration, long bytes, String meaning) {
        rows.add(new Row(
                PrintableText.printable(step),
                duration,
                bytes > 0 ? ByteCount.format(bytes) : "",
                bytes > 0 ? meaning : ""));
        return this;
    }

    /** The same without a word about the bytes. */
    public SummaryTable add(String step, Duration duration, long bytes) {
        return add(step, duration, bytes, "");
    }

    /** The table with a line for the sum of the times; empty when nothing was added. */
    public List<String> lines() {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<Row> all = new ArrayList<>(rows);
        all.add(new Row("total", rows.stream().map(Row::duration).reduce(Duration.ZERO, Duration::plus), "", ""));
        int steps = width(all, "step", row -> row.step().length());
        int seconds = width(all, "seconds", row -> row.seconds().length());
        int bytes = width(all, "bytes", row -> row.bytes().length());
        String format = "%-" + steps + "s  %" + seconds + "s  %" + bytes + "s";
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, format, "step", "seconds", "bytes"));
        for (Row row : all) {
            lines.add(
                    (String.format(Locale.ROOT, format, row.step(), row.seconds(), row.bytes()) + "  " + row.meaning())
                            .stripTrailing());
        }
        return lines;
    }

    private static int width(List<Row> rows, String title, ToIntFunction<Row> length) {
        return Math.max(title.length(), rows.stream().mapToInt(length).max().orElse(0));
    }
}
