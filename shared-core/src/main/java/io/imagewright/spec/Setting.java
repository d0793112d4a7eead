package io.imagewright.spec;

import org.jspecify.annotations.Nullable;

/**
 * A key of a section of the description.
 *
 * @param defaultValue as a user would write it; null when there is none
 * @param description for people; goes into the manual, the help of the command line and the JSON Schema
 * @param shortcut the word by which front ends take it beside description files, for example {@code sourceFormat} for {@code
 *     source.format}; null when they do not
 */
public record Setting(
        String name,
        ValueType type,
        @Nullable String defaultValue,
        String description,
        @Nullable String shortcut) {

    /** A key that only description files have. */
    public Setting(String name, ValueType type, @Nullable String defaultValue, String description) {
        this(name, type, defaultValue, description, null);
    }

    /** The same, which front ends take by this word, too. */
    Setting as(String word) {
        return new Setting(name, type, defaultValue, description, word);
    }
}
