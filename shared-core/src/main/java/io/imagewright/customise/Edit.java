package io.imagewright.customise;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;

/**
 * {@code edit}: in each line, given without its end (LF or CRLF), replaces whatever matches. A file in UTF-8 is matched character by
 * character, any other byte by byte.
 */
final class Edit implements Action {

    /** Far beyond what a sound expression takes on 16 MiB. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Characters that the edited file may have. */
    private static final int MAX_RESULT = 32 << 20;

    private final GuestPath path;
    private final String match;
    private final String replace;
    private final Duration limit;

    Edit(GuestPath path, String match, String replace) {
        this(path, match, replace, LIMIT);
    }

    Edit(GuestPath path, String match, String replace, Duration limit) {
        this.path = path;
        this.match = match;
        this.replace = replace;
        this.limit = limit;
        requireGroups();
    }

    /** Finds out before any work whether the replacement names groups that there are, by a match of nothing. */
    private void requireGroups() {
        try {
            Pattern.compile("|" + match).matcher("").replaceFirst(replace);
        } catch (IllegalArgumentException | IndexOutOfBoundsException broken) {
            throw Target.refused(
                    "the replacement does not fit the expression: " + broken.getMessage(),
                    "A $ or \\ that stands for itself is written \\$ or \\\\.");
        }
    }

    @Override
    public List<Change> plan(Target target) {
        GuestPath place = target.at(path);
        target.existing(place);
        Bytes content = target.text(place)
                .map(Bytes::ofText)
                .orElseThrow(() -> Target.refused(place + " of the guest is no regular file", "Check the place."));
        String display = content.display();
        boolean utf8 = Bytes.of(display).equals(content);
        String text = utf8 ? display : content.text();
        String edited = edited(
                text,
                Pattern.compile(utf8 ? match : Bytes.of(match).text()),
                utf8 ? replace : Bytes.of(replace).text());
        if (edited.equals(text)) {
            target.warn("Nothing in " + place + " is changed by the edit.");
            return List.of();
        }
        return List.of(Change.Write.of(place, utf8 ? Bytes.of(edited) : Bytes.ofText(edited)));
    }

    private String edited(String text, Pattern pattern, String replacement) {
        MatchDeadline time = new MatchDeadline(limit);
        StringBuilder edited = new StringBuilder(text.length());
        try {
            for (int start = 0; start < text.length(); ) {
                int feed = text.indexOf('\n', start);
                int next = feed < 0 ? text.length() : feed + 1;
                int end = feed < 0 ? next : feed;
                if (feed > start && text.charAt(feed - 1) == '\r') {
                    end--;
                }
                Matcher matcher = pattern.matcher(time.over(text.substring(start, end)));
                while (matcher.find()) {
                    matcher.appendReplacement(edited, replacement);
                    if (edited.length() > MAX_RESULT) {
                        throw Target.refused(path + " would grow beyond 32 MiB", "Check the expression.");
                    }
                }
                matcher.appendTail(edited).append(text, end, next);
                start = next;
            }
        } catch (MatchDeadline.Exceeded late) {
            throw Target.refused(
                    "the expression took longer than " + limit.toSeconds() + " s on " + path,
                    "Nested repetitions such as (a+)+ take for ever; write it without them.");
        } catch (StackOverflowError deep) {
            throw Target.refused(
                    "the expression goes too deep on " + path,
                    "Repeated alternatives such as (a|b)* do on long lines; [ab]* does not.");
        }
        return edited.toString();
    }
}
