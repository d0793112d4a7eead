package io.imagewright.jenkins;

import org.jspecify.annotations.Nullable;

/** What people write into fields. */
public final class FormTexts {

    private FormTexts() {}

    /** Without blanks around it; empty for null. */
    public static String trimmed(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    /** Null for what says nothing, so that it stays out of generated pipelines. */
    public static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
