package io.imagewright.error;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A failure in the user's words: what failed, on what, why, and what to do next.
 *
 * <p>The message is complete, in one or a few lines, and carries no secret. Front ends print it in their {@link Wording}, and nothing else for
 * every {@link Kind} but {@link Kind#INTERNAL}; {@link #getMessage()} has the same with settings by their paths.
 */
public final class ImageException extends RuntimeException {

    private static final long serialVersionUID = 2L;

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
    private final Message problem;
    private final Message next;

    /** What a list of failures is made of; empty for one failure. */
    private final List<ImageException> parts;

    private ImageException(Kind kind, Message problem, Message next, @Nullable Throwable cause) {
        super(whole(problem, next).toString(), cause);
        this.kind = kind;
        this.problem = problem;
        this.next = next;
        this.parts = List.of();
    }

    private ImageException(Message list, List<ImageException> parts) {
        super(list.toString());
        this.kind = Kind.DESCRIPTION;
        this.problem = list;
        this.next = Message.EMPTY;
        this.parts = List.copyOf(parts);
    }

    /**
     * A failure without a Java cause.
     *
     * @param what what failed, on what, for example {@code Cannot read the partition table of disk.img}
     * @param reason the reason, without a full stop
     * @param next what the user can do, a sentence with a full stop; empty when nothing sensible can be said
     */
    public static ImageException of(Kind kind, String what, String reason, String next) {
        return of(kind, what, reason, Message.of(next));
    }

    /** The same, keeping the Java cause for the debug log. */
    public static ImageException of(Kind kind, String what, String reason, String next, Throwable cause) {
        return of(kind, what, reason, Message.of(next), cause);
    }

    /** The same with advice that refers to settings. */
    public static ImageException of(Kind kind, String what, String reason, Message next) {
        return of(kind, Message.of(what), Message.of(reason), next);
    }

    /** The same, keeping the Java cause for the debug log. */
    public static ImageException of(Kind kind, String what, String reason, Message next, Throwable cause) {
        return new ImageException(kind, Message.of(what, ": ", reason), next, cause);
    }

    /** The same where all parts may refer to settings. */
    public static ImageException of(Kind kind, Message what, Message reason, Message next) {
        return new ImageException(kind, what.plus(": ", reason), next, null);
    }

    /** The same, keeping the Java cause for the debug log. */
    public static ImageException of(Kind kind, Message what, Message reason, Message next, Throwable cause) {
        return new ImageException(kind, what.plus(": ", reason), next, cause);
    }

    /** A failure that was found elsewhere, perhaps in another process: what failed and why, and what to do next. */
    public static ImageException relayed(Kind kind, Message problem, Message next) {
        return new ImageException(kind, problem, next, null);
    }

    private static Message whole(Message problem, Message next) {
        return next.isEmpty() ? problem : problem.plus(". ", next);
    }

    /**
     * The same failure about these files or media: its message begins with their names, unless it has one of them anywhere.
     *
     * @param names as the user knows them
     */
    public ImageException about(Collection<String> names) {
        String message = message().toString();
        boolean isNamed = names.stream().anyMatch(message::contains);
        return isNamed ? this : within(String.join(", ", names) + ": ");
    }

    /** Several mistakes in one description, of which the message lists the first ones. */
    static ImageException several(List<ImageException> mistakes, int shown) {
        Message list = Message.of(mistakes.size(), " mistakes:");
        for (ImageException mistake : mistakes.subList(0, Math.min(shown, mistakes.size()))) {
            list = list.plus("\n  ", mistake.message());
        }
        return new ImageException(
                mistakes.size() > shown ? list.plus("\n  and ", mistakes.size() - shown, " more") : list, mistakes);
    }

    /** The failures that this one lists; itself when it is one. */
    List<ImageException> each() {
        return parts.isEmpty() ? List.of(this) : parts;
    }

    /** The same failure with this before its message, for example the place that it is about. */
    public ImageException within(String place) {
        return new ImageException(kind, Message.of(place, problem), next, this);
    }

    /** Who can fix it. */
    public Kind kind() {
        return kind;
    }

    /** What failed, and why, without the advice. */
    public Message problem() {
        return problem;
    }

    /** What to do next; may be empty. */
    public Message next() {
        return next;
    }

    /** The whole of it. */
    public Message message() {
        return whole(problem, next);
    }
}
