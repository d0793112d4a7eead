package io.imagewright.boot;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a machine says on its serial line: the bytes as they came, the last part of them, and the lines without whatever moves a terminal's cursor.
 * The machine may say anything, without end. Not thread-safe.
 */
final class SerialConsole {

    /** Bytes kept. */
    static final int KEPT = 16 << 20;

    private static final int LONGEST_LINE = 4096;
    private static final int LAST_LINES = 20;
    private static final int SHOWN = 160;
    private static final int ESCAPE = 0x1b;

    /** Where in an escape sequence the stream is: ECMA-48, 5.4 and 5.6. */
    private enum State {
        TEXT,
        ESCAPED,
        CONTROL_SEQUENCE,
        STRING
    }

    private final @Nullable Pattern awaited;
    private final Deque<byte[]> kept = new ArrayDeque<>();
    private final Deque<String> lines = new ArrayDeque<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long size;
    private State state = State.TEXT;
    private boolean isSeen;

    /** @param awaited that a line must hold; null for nothing */
    SerialConsole(@Nullable Pattern awaited) {
        this.awaited = awaited;
        this.isSeen = awaited == null;
    }

    /** Takes what came. */
    void append(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        kept.add(bytes);
        size += bytes.length;
        while (size > KEPT && kept.size() > 1) {
            size -= kept.remove().length;
        }
        for (byte next : bytes) {
            append(next & 0xff);
        }
        look();
    }

    private void append(int next) {
        switch (state) {
            case TEXT -> text(next);
            case ESCAPED ->
                state = switch (next) {
                    case '[' -> State.CONTROL_SEQUENCE;
                    case ']', 'P', 'X', '^', '_' -> State.STRING;
                    default -> next < 0x30 ? State.ESCAPED : State.TEXT;
                };
            case CONTROL_SEQUENCE -> {
                if (next == 'H' || next == 'f') {
                    endLine(); // the cursor goes elsewhere, as firmware has it instead of a new line
                }
                state = next >= 0x40 && next <= 0x7e ? State.TEXT : State.CONTROL_SEQUENCE;
            }
            case STRING -> {
                boolean ends = next == 0x07 || next == '\n';
                state = ends ? State.TEXT : next == ESCAPE ? State.ESCAPED : State.STRING;
            }
        }
    }

    private void text(int next) {
        if (next == ESCAPE) {
            state = State.ESCAPED;
        } else if (next == '\n') {
            endLine();
        } else if ((next >= ' ' && next != 0x7f) || next == '\t') {
            line.write(next);
            if (line.size() >= LONGEST_LINE) {
                endLine();
            }
        }
    }

    private void endLine() {
        look();
        String text = current();
        line.reset();
        if (!text.isBlank()) {
            lines.add(text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text);
            if (lines.size() > LAST_LINES) {
                lines.remove();
            }
        }
    }

    private void look() {
        isSeen = isSeen || (awaited != null && awaited.matcher(current()).find());
    }

    private String current() {
        return line.toString(StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
    }

    /** Whether the awaited text came; true when nothing is awaited. */
    boolean isSeen() {
        return isSeen;
    }

    /** The last lines that are not blank, the unfinished one too, fit to be shown. */
    List<String> lastLines() {
        if (line.size() > 0) {
            endLine();
        }
        return List.copyOf(lines);
    }

    /** The last line that is ended and not blank, fit to be shown. */
    Optional<String> lastLine() {
        return Optional.ofNullable(lines.peekLast());
    }

    /** The bytes, as they came. */
    Iterable<byte[]> bytes() {
        return kept;
    }
}
