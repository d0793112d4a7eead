package io.imagewright.exec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes lines of what a program prints, as it comes: both ends of a line are {@code \n} and {@code \r}, blank lines are left out, a long line is cut,
 * and after very many lines only their number is given. Not thread-safe.
 */
public final class OutputLines {

    /** Bytes of a line; what is beyond is left out. */
    private static final int LONGEST = 1000;

    /** Lines that are passed on. */
    private static final int MOST = 10_000;

    /** Lines that a message about a failure shows. */
    private static final int LAST = 5;

    private final Consumer<String> lines;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Deque<String> last = new ArrayDeque<>();
    private long beyond;
    private long count;

    /** Passes lines on to this. */
    public OutputLines(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Takes the next bytes. */
    public void append(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            byte next = bytes[i];
            if (next == '\n' || next == '\r') {
                endLine();
            } else if (line.size() < LONGEST) {
                line.write(next);
            } else {
                beyond++;
            }
        }
    }

    /** Passes on an unfinished last line, and how many lines were left out. */
    public void end() {
        endLine();
        if (count > MOST) {
            lines.accept("[" + (count - MOST) + " more lines left out]");
        }
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8);
        String whole = beyond == 0 ? text : text + " [" + beyond + " bytes left out]";
        line.reset();
        beyond = 0;
        if (whole.isBlank()) {
            return;
        }
        count++;
        if (count <= MOST) {
            lines.accept(whole);
        }
        last.add(whole);
        if (last.size() > LAST) {
            last.remove();
        }
    }

    /** The last lines, for the message about a failure. */
    public List<String> last() {
        return List.copyOf(last);
    }
}
