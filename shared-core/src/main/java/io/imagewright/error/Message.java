package io.imagewright.error;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A text for people that refers to settings and commands by what they are, so that each front end can spell them as its users know them.
 *
 * @param parts in order; no two texts follow each other, and none is empty
 */
public record Message(List<Part> parts) implements Serializable {

    /** Without a word. */
    public static final Message EMPTY = new Message(List.of());

    /** A piece of a message. */
    public sealed interface Part extends Serializable permits Plain, SettingName, CommandName {}

    /** Words that are the same everywhere. */
    public record Plain(String text) implements Part {}

    /** Joins neighbouring texts. */
    public Message {
        List<Part> joined = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Plain plain) {
                text.append(plain.text());
            } else {
                end(text, joined);
                joined.add(part);
            }
        }
        end(text, joined);
        parts = List.copyOf(joined);
    }

    private static void end(StringBuilder text, List<Part> joined) {
        if (text.length() > 0) {
            joined.add(new Plain(text.toString()));
            text.setLength(0);
        }
    }

    /**
     * A message of these pieces, one after the other.
     *
     * @param pieces {@link SettingName}, {@link CommandName}, another message, or anything else for its text
     */
    public static Message of(Object... pieces) {
        List<Part> parts = new ArrayList<>();
        for (Object piece : pieces) {
            if (piece instanceof Message message) {
                parts.addAll(message.parts());
            } else {
                parts.add(piece instanceof Part part ? part : new Plain(String.valueOf(piece)));
            }
        }
        return new Message(parts);
    }

    /** This message, and these pieces after it. */
    public Message plus(Object... pieces) {
        return of(this, of(pieces));
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Without the full stop at its end, to go on as a part of a sentence. */
    public Message clause() {
        if (isEmpty()
                || !(parts.get(parts.size() - 1) instanceof Plain last)
                || !last.text().endsWith(".")) {
            return this;
        }
        String text = last.text().substring(0, last.text().length() - 1);
        return of(new Message(parts.subList(0, parts.size() - 1)), text);
    }

    /** As a front end's users read it. */
    public String in(Wording wording) {
        return parts.stream().map(part -> text(part, wording)).collect(Collectors.joining());
    }

    private static String text(Part part, Wording wording) {
        if (part instanceof SettingName setting) {
            return wording.setting(setting);
        }
        return part instanceof CommandName command ? wording.command(command) : ((Plain) part).text();
    }

    /** With settings by their paths, for reports and logs that belong to no front end. */
    @Override
    public String toString() {
        return in(Wording.PATHS);
    }
}
