package io.imagewright.sysprep.unix;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/**
 * A text file of the guest that is edited: whatever an edit does not name keeps every byte, line ends and encoding included.
 *
 * @param path canonical
 * @param text one character for each byte, see {@link Bytes#text()}
 */
public record ConfigFile(GuestPath path, String text) {

    /** Bytes that a configuration file may have; far beyond any real one. */
    private static final int LIMIT = 16 << 20;

    /**
     * The regular file at this path, links followed; empty when there is none.
     *
     * @throws io.imagewright.error.ImageException when it is longer than 16 MiB
     */
    public static Optional<ConfigFile> read(OperationContext context, GuestPath path) {
        return Reachable.path(context, path)
                .flatMap(canonical -> Optional.ofNullable(
                                context.guest().read(List.of(canonical), LIMIT).get(canonical))
                        .map(content -> new ConfigFile(canonical, content.text())));
    }

    /** The write that gives the file another text; empty when it is the same. */
    public Optional<Change> with(String edited) {
        return edited.equals(text) ? Optional.empty() : Optional.of(Change.Write.of(path, Bytes.ofText(edited)));
    }

    /** The write that gives the file the same text with lines at its end, which end in LF; the last line that was there is ended first. */
    public Change plus(String lines) {
        boolean ended = text.isEmpty() || text.endsWith("\n");
        return Change.Write.of(path, Bytes.ofText(text + (ended ? "" : "\n") + lines));
    }

    /** The text with each line, given without its line end (LF or CRLF), put through an edit. */
    public String mapLines(UnaryOperator<String> edit) {
        return edit(line -> Optional.of(edit.apply(line)));
    }

    /** The text without the lines, given without their ends, that a test picks out; their ends go with them. */
    public String withoutLines(Predicate<String> test) {
        return edit(line -> test.test(line) ? Optional.empty() : Optional.of(line));
    }

    private String edit(Function<String, Optional<String>> edit) {
        StringBuilder edited = new StringBuilder(text.length());
        int start = 0;
        while (start < text.length()) {
            int feed = text.indexOf('\n', start);
            int next = feed < 0 ? text.length() : feed + 1;
            int end = feed < 0 ? next : feed;
            if (feed > start && text.charAt(feed - 1) == '\r') {
                end--;
            }
            Optional<String> line = edit.apply(text.substring(start, end));
            if (line.isPresent()) {
                edited.append(line.get()).append(text, end, next);
            }
            start = next;
        }
        return edited.toString();
    }
}
