package io.imagewright.guest;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The lines of a text whose writer is not trusted: none is longer than a limit, and none is copied before its turn. */
final class Lines implements Iterator<String> {

    /** Characters; longer lines are passed over. */
    static final int MAX_LENGTH = 4096;

    private final String text;
    private int next;
    private int end;

    private Lines(String text) {
        this.text = text;
        seek(0);
    }

    /** The lines without their ends, those above {@value #MAX_LENGTH} characters left out. */
    static Stream<String> of(String text) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(new Lines(text), Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    @Override
    public boolean hasNext() {
        return next <= text.length();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int last = end > next && text.charAt(end - 1) == '\r' ? end - 1 : end;
        String line = text.substring(next, last);
        seek(end + 1);
        return line;
    }

    private void seek(int from) {
        next = from;
        end = end(next);
        while (end - next > MAX_LENGTH) {
            next = end + 1;
            end = end(next);
        }
    }

    private int end(int from) {
        int newline = text.indexOf('\n', from);
        return newline < 0 ? Math.max(from, text.length()) : newline;
    }
}
