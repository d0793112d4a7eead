package io.imagewright.progress;

import java.io.PrintStream;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.imagewright.progress.ProgressEvent.CopyProgress;
import io.imagewright.progress.ProgressEvent.StepProgress;
import io.imagewright.progress.ProgressEvent.StepStarted;

/**
 * Writes a build onto a terminal: the log lines of {@link PlainRenderer}, and below them one line that shows the running step, redrawn
 * in place. Uses nothing but carriage return and "erase to the end of the line" (ECMA-48 EL).
 */
public final class ConsoleRenderer implements ProgressListener {

    private static final String ERASE = "\r\u001b[K";
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int BAR = 30;

    /** A line as wide as the terminal would wrap, and a wrapped line cannot be erased. */
    private static final int MAX_WIDTH = 79;

    private final Consumer<String> info;
    private final Consumer<String> warn;
    private final PrintStream terminal;
    private final int width;
    private final LongSupplier nanos;
    private boolean drawn;
    private long lastDrawn;

    /**
     * A renderer onto a terminal.
     *
     * @param info takes finished lines; must end up on the same terminal
     * @param warn the same for warnings
     * @param terminal gets the redrawn line
     * @param width columns of the terminal
     * @param nanos a clock that never goes back, as {@link System#nanoTime}
     */
    public ConsoleRenderer(
            Consumer<String> info, Consumer<String> warn, PrintStream terminal, int width, LongSupplier nanos) {
        this.info = info;
        this.warn = warn;
        this.terminal = terminal;
        this.width = Math.max(10, Math.min(width - 1, MAX_WIDTH));
        this.nanos = nanos;
        this.lastDrawn = nanos.getAsLong() - REDRAW_NANOS;
    }

    @Override
    public void on(ProgressEvent event) {
        if (event instanceof CopyProgress progress) {
            drawAtTimes(bar(progress));
            return;
        }
        if (event instanceof StepProgress progress) {
            drawAtTimes(progress.step() + " " + progress.percent() + " %");
            return;
        }
        erase();
        if (event instanceof StepStarted started) {
            draw(started.step() + " ...");
            return;
        }
        LogLine line = LogLine.of(event);
        if (!line.text().isEmpty()) {
            (line.warning() ? warn : info).accept(line.text());
        }
    }

    private void drawAtTimes(String line) {
        if (nanos.getAsLong() - lastDrawn >= REDRAW_NANOS) {
            draw(line);
        }
    }

    private static String bar(CopyProgress progress) {
        if (progress.total() <= 0) {
            return progress.step() + " " + LogLine.copied(progress);
        }
        int full = LogLine.percent(progress) * BAR / 100;
        return progress.step() + " [" + "=".repeat(full) + " ".repeat(BAR - full) + "] " + LogLine.copied(progress);
    }

    private void draw(String line) {
        String oneLine = PrintableText.printable(line).replace('\n', '?');
        terminal.print(ERASE + PrintableText.limit(oneLine, width));
        terminal.flush();
        drawn = true;
        lastDrawn = nanos.getAsLong();
    }

    private void erase() {
        if (drawn) {
            terminal.print(ERASE);
            terminal.flush();
            drawn = false;
        }
    }
}
