package io.imagewright.spec;

import java.util.Collection;
import java.util.List;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Suggestion;

/** The error texts of the description: place, path, what is wrong, what to write instead. */
final class Mistakes {

    /** Longer texts are cut in messages: a description may come from anywhere. */
    private static final int SHOWN = 80;

    private Mistakes() {}

    static ImageException unknownKey(Origin origin, String path, String word, Collection<String> known) {
        List<String> sorted = known.stream().sorted().toList();
        return at(
                origin,
                path,
                "unknown key",
                didYouMean(word, known) + "Known here: " + String.join(", ", sorted) + ".");
    }

    static ImageException unknownWord(Origin origin, String path, String word, ValueType.Words type) {
        return at(
                origin, path, "expected " + type.expected() + ", found " + quote(word), didYouMean(word, type.words()));
    }

    static ImageException unexpected(Node node, String path, String expected) {
        return at(node.origin(), path, "expected " + expected + ", found " + found(node), "");
    }

    static ImageException at(Origin origin, String path, String why, String next) {
        String what = path.isEmpty() ? origin.toString() : origin + ": " + quoteless(path);
        return ImageException.of(Kind.DESCRIPTION, what, why, next.strip());
    }

    static String didYouMean(String word, Collection<String> known) {
        return Suggestion.nearest(word, known)
                .map(near -> "Did you mean " + near + "? ")
                .orElse("");
    }

    private static String found(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text().isEmpty() ? "nothing" : quote(scalar.text());
        }
        return node instanceof Node.Sequence ? "a list" : "keys with values";
    }

    static String quote(String text) {
        return "'" + quoteless(text) + "'";
    }

    private static String quoteless(String text) {
        String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
