package io.imagewright.spec;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.error.Suggestion;

/** The error texts of the description: place, path, what is wrong, what to write instead. */
final class Mistakes {

    /** Longer texts are cut in messages: a description may come from anywhere. */
    private static final int SHOWN = 80;

    /** What YAML 1.1 takes for true and false, too; here it is a text. */
    private static final Map<String, String> SWITCHES =
            Map.of("yes", "true", "on", "true", "y", "true", "no", "false", "off", "false", "n", "false");

    private static final Pattern KEY_WITHOUT_BLANK = Pattern.compile("[A-Za-z][\\w.-]*:[^\\s:/].*");

    private Mistakes() {}

    static ImageException unknownKey(Origin origin, String path, String word, ValueType.Section type) {
        Message instead = type.foreign().get(ForeignWords.normal(word));
        String known = "Known here: " + type.names().stream().sorted().collect(Collectors.joining(", ")) + ".";
        return instead == null
                ? at(origin, path, "unknown key", meant(word, type.names()) + known)
                : at(origin, path, Message.of("unknown key; ", instead.clause()), Message.of(known));
    }

    private static String meant(String word, List<String> known) {
        int colon = word.indexOf(':');
        if (colon > 0) {
            return "Write a blank after the colon: " + quoteless(word.substring(0, colon)) + ": "
                    + quoteless(word.substring(colon + 1)) + ". ";
        }
        String near = didYouMean(word, known);
        return near.isEmpty()
                ? ForeignWords.synonym(word, known)
                        .map(key -> "Did you mean " + key + "? ")
                        .orElse("")
                : near;
    }

    static ImageException unknownWord(Node.Scalar scalar, String path, ValueType.Words type) {
        String word = scalar.text();
        String next =
                type.words().equals(List.of("true", "false")) && SWITCHES.containsKey(word.toLowerCase(Locale.ROOT))
                        ? "Did you mean " + SWITCHES.get(word.toLowerCase(Locale.ROOT)) + "?"
                        : didYouMean(word, type.words());
        return at(scalar.origin(), path, "expected " + type.expected() + ", found " + found(scalar), next);
    }

    static ImageException unexpected(Node node, String path, String expected) {
        boolean inner = !(node instanceof Node.Scalar);
        return at(node.origin(), path, "expected " + expected + ", found " + found(node), inner ? "" : spelling(node));
    }

    /** Where one text is expected. */
    static ImageException noText(Node node, String path, String expected) {
        return at(node.origin(), path, "expected " + expected + ", found " + found(node), spelling(node));
    }

    /** What to write in a file where YAML took a value for something else; empty when that is not it. */
    private static String spelling(Node node) {
        if (node.origin().line() == 0) {
            return "";
        }
        if (node instanceof Node.Scalar scalar) {
            if (KEY_WITHOUT_BLANK.matcher(scalar.text()).matches()) {
                return "Write a blank after the colon of a key.";
            }
            return scalar.text().matches("-[A-Za-z].*") ? "Write a blank after the - of an item of a list." : "";
        }
        return "A text that begins with " + (node instanceof Node.Sequence ? "[" : "{") + " needs quotes.";
    }

    static ImageException at(Origin origin, String path, String reason, String next) {
        return at(origin, path, Message.of(reason), Message.of(next.strip()));
    }

    static ImageException at(Origin origin, String path, Message reason, Message next) {
        return ImageException.of(Kind.DESCRIPTION, Message.of(origin.at(quoteless(path))), reason, next);
    }

    static String didYouMean(String word, Collection<String> known) {
        return Suggestion.nearest(word, known)
                .map(near -> "Did you mean " + near + "? ")
                .orElse("");
    }

    /** Values of the environment may be secrets, and are not shown. */
    private static String found(Node node) {
        if (node instanceof Node.Scalar scalar) {
            if (scalar.written().contains("${env.")) {
                return "the value of " + quote(scalar.written());
            }
            String text = scalar.text().isEmpty() ? "nothing" : quote(scalar.text());
            return scalar.written().isEmpty() ? text : text + ", the value of " + quote(scalar.written());
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
