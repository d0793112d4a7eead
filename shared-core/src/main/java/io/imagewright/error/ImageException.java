package io.imagewright.error;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * A failure in the user's words: what failed, on what, why, and what to do next.
 *
 * <p>The message is the whole story in one or a few lines and carries no secret. Front ends print the message alone for
 * every {@link Kind} but {@link Kind#INTERNAL}.
 */
public final class ImageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Who can fix the failure; front ends choose exit code and verbosity by it. */
    public enum Kind {
        /** The description or a parameter is wrong. */
        DESCRIPTION,
        /** The source medium is missing, damaged, hostile or no disk image. */
        SOURCE,
        /** What the medium holds is sound, but this tool or engine does not serve it. */
        UNSUPPORTED,
        /** The machine lacks a program, space or permission. */
        ENVIRONMENT,
        /** The user stopped the build. */
        CANCELLED,
        /** A step failed for a reason that the user cannot know; the cause matters. */
        INTERNAL
    }

    private final Kind kind;
    private final String next;

    private ImageException(Kind kind, String message, String next, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.next = next;
    }

    /**
     * A failure without a Java cause.
     *
     * @param what what failed, on what, for example {@code Cannot read the partition table of disk.img}
     * @param reason the reason, without a full stop
     * @param next what the user can do, a sentence with a full stop; empty when nothing sensible can be said
     */
    public static ImageException of(Kind kind, String what, String reason, String next) {
        return new ImageException(kind, whole(what, reason, next), next, null);
    }

    /** The same, keeping the Java cause for the debug log. */
    public static ImageException of(Kind kind, String what, String reason, String next, Throwable cause) {
        return new ImageException(kind, whole(what, reason, next), next, cause);
    }

    private static String whole(String what, String reason, String next) {
        return what + ": " + reason + (next.isEmpty() ? "" : ". " + next);
    }

    /** A failure that crossed a process border: its message is complete already. */
    public static ImageException relayed(Kind kind, String message) {
        return new ImageException(kind, message, "", null);
    }

    /**
     * The same failure about these files or media: its message begins with their names, unless it has one of them anywhere.
     *
     * @param names as the user knows them
     */
    public ImageException about(Collection<String> names) {
        String message = String.valueOf(getMessage());
        boolean isNamed = names.stream().anyMatch(message::contains);
        return isNamed ? this : new ImageException(kind, String.join(", ", names) + ": " + message, next, this);
    }

    /** Who can fix it. */
    public Kind kind() {
        return kind;
    }

    /** What to do next; may be empty. */
    public String next() {
        return next;
    }
}
