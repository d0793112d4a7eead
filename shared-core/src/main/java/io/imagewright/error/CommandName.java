package io.imagewright.error;

import java.util.Locale;

/** What a user can have done; the commands that messages refer to. */
public enum CommandName implements Message.Part {
    BUILD,
    INSPECT;

    /** As the command line, and a goal of Maven, are called. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
