package io.imagewright.guest;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

/**
 * The lines of a text whose writer is not trusted: none is longer than a limit, and no more than a piece of the text is in memory. Each byte
 * is a character, as in {@link Bytes#text()}.
 */
public final class Lines implements Iterator<String> {

    /** Characters; longer lines are passed over. */
    public static final int MAX_LENGTH = 4096;

    private static final int PIECE = 64 << 10;
    private static final int END = -1;

    private final FileContent text;
    private final byte[] piece;
    private int filled;
    private int at;
    private long position;
    private boolean ended;
    private @Nullable String next;

    private Lines(FileContent text) {
        this.text = text;
        this.piece = new byte[(int) Math.min(PIECE, Math.max(1, text.size()))];
        this.next = line();
    }

    /** The lines without their ends, those above {@value #MAX_LENGTH} characters left out. */
    public static Stream<String> of(FileContent text) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(new Lines(text), Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /** The lines of a text in memory, see {@link Bytes#text()}. */
    public static Stream<String> of(String text) {
        return of(FileContent.of(Bytes.ofText(text)));
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public String next() {
        String line = next;
        if (line == null) {
            throw new NoSuchElementException();
        }
        next = line();
        return line;
    }

    /** The next line that is not too long. */
    private @Nullable String line() {
        while (!ended) {
            StringBuilder line = new StringBuilder();
            int character = read();
            for (; character != '\n' && character != END; character = read()) {
                if (line.length() <= MAX_LENGTH) {
                    line.append((char) character);
                }
            }
            ended = character == END;
            if (line.length() <= MAX_LENGTH) {
                int last = line.length() - 1;
                return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
            }
        }
        return null;
    }

    private int read() {
        if (at == filled) {
            position += filled;
            filled = text.read(position, piece);
            at = 0;
        }
        return at == filled ? END : piece[at++] & 0xff;
    }
}
