package io.imagewright.maven;

import java.util.Locale;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** Who reads the answer of a goal. */
enum OutputKind {
    TEXT,
    JSON;

    /**
     * By the parameter's value, in any letter case.
     *
     * @throws ImageException DESCRIPTION for any but {@code text} and {@code json}
     */
    static OutputKind of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "text" -> TEXT;
            case "json" -> JSON;
            default ->
                throw ImageException.of(
                        Kind.DESCRIPTION, "image.output", "expected text or json, found '" + word + "'", "");
        };
    }
}
