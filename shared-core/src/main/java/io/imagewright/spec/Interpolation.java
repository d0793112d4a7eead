package io.imagewright.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.imagewright.error.ImageException;
import io.imagewright.spec.Node.Mapping;
import io.imagewright.spec.Node.Scalar;
import io.imagewright.spec.Node.Sequence;

/**
 * Replaces {@code ${name}} in the values of a description file by properties; <code>$${</code> is a literal <code>${</code>. It works on the
 * parsed tree, so that a value never becomes YAML: it stays one text, whatever it holds. Values are not searched for references again.
 */
final class Interpolation {

    private static final String BEGIN = "${";
    private static final String LITERAL = "$${";
    private static final String LITERAL_ADVICE =
            "Write $${ for a literal ${; a text of a file (file:) is taken as it is.";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.\\[\\]()-]{1,200}");

    /** Variables that hold secrets of the build itself, which belong into no image. */
    private static final Set<String> SECRETS = Set.of("env.IMAGEWRIGHT_LUKS_KEY", "env.MAVEN_GPG_PASSPHRASE");

    /** Characters of a value when all is replaced; that of a text of a description file. */
    private static final int LONGEST = TextTree.MAX_TEXT;

    private final DescriptionProperties properties;

    private Interpolation(DescriptionProperties properties) {
        this.properties = properties;
    }

    /**
     * The tree with all references replaced.
     *
     * @throws ImageException DESCRIPTION at the first reference that has no value, naming line and path
     */
    static Node of(Node root, DescriptionProperties properties) {
        return new Interpolation(properties).node(root, "");
    }

    /** The text as a description file spells it, so that nothing in it is a reference. */
    static String literal(String text) {
        return text.replace(BEGIN, LITERAL);
    }

    private Node node(Node node, String path) {
        if (node instanceof Scalar scalar) {
            return scalar.text().contains(BEGIN) ? scalar(scalar, path) : scalar;
        } else if (node instanceof Sequence sequence) {
            List<Node> items = new ArrayList<>();
            for (Node item : sequence.items()) {
                items.add(node(item, path + "[" + items.size() + "]"));
            }
            return new Sequence(items, sequence.origin());
        }
        Mapping mapping = (Mapping) node;
        Map<String, Node> entries = new LinkedHashMap<>();
        mapping.entries()
                .forEach((key, value) -> entries.put(key, node(value, path.isEmpty() ? key : path + "." + key)));
        return new Mapping(entries, mapping.origin());
    }

    private Scalar scalar(Scalar scalar, String path) {
        String text = scalar.text();
        StringBuilder replaced = new StringBuilder();
        boolean any = false;
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith(LITERAL, at)) {
                replaced.append(BEGIN);
                at += LITERAL.length();
            } else if (text.startsWith(BEGIN, at)) {
                int end = text.indexOf('}', at);
                String name = end < 0 ? "" : text.substring(at + BEGIN.length(), end);
                replaced.append(value(scalar.origin(), path, end < 0 ? text.substring(at) : name, name));
                any = true;
                at = end + 1;
            } else {
                replaced.append(text.charAt(at++));
            }
            if (replaced.length() > LONGEST) {
                throw Mistakes.at(
                        scalar.origin(),
                        path,
                        "longer than " + LONGEST + " characters with all properties in it",
                        "Shorten the property.");
            }
        }
        return new Scalar(replaced.toString(), scalar.origin(), any ? text : "");
    }

    private String value(Origin origin, String path, String written, String name) {
        if (!NAME.matcher(name).matches()) {
            throw Mistakes.at(
                    origin,
                    path,
                    "${ begins a reference ${name}, and " + Mistakes.quote(written) + " is no name of a property",
                    LITERAL_ADVICE);
        }
        if (SECRETS.contains(name)) {
            throw Mistakes.at(
                    origin,
                    path,
                    "${" + name + "} is a secret of the build, and no image may hold it",
                    "Use another variable.");
        }
        return properties
                .value(name)
                .orElseThrow(() -> Mistakes.at(
                        origin,
                        path,
                        "unknown property ${" + name + "}",
                        Mistakes.didYouMean(name, properties.names()) + properties.possible() + " " + LITERAL_ADVICE));
    }
}
