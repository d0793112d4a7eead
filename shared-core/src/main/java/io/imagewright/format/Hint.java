package io.imagewright.format;

import java.util.List;

import io.imagewright.error.Suggestion;

/** What to write instead of an unknown word. */
final class Hint {

    private Hint() {}

    /** A sentence: the nearest word when one is near, else all of them. */
    static String of(String word, List<String> known) {
        return Suggestion.nearest(word, known)
                .map(nearest -> "Did you mean '" + nearest + "'?")
                .orElseGet(() -> "Known: " + String.join(", ", known) + ".");
    }
}
