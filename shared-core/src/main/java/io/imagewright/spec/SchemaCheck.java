package io.imagewright.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.imagewright.error.ErrorCollector;
import io.imagewright.spec.Node.Mapping;
import io.imagewright.spec.Node.Scalar;
import io.imagewright.spec.Node.Sequence;

/**
 * Checks one layer of a description against the schema, before layers are merged, so that a mistake is reported with the place
 * where it was made. Gives back the tree in its normal form: lists as sequences, empty elements as what they stand for, keys in
 * upper case where the schema says so.
 */
final class SchemaCheck {

    private SchemaCheck() {}

    /** Throws a DESCRIPTION {@link io.imagewright.error.ImageException} with every mistake. */
    static Node check(Node node, ValueType type, String path) {
        if (type instanceof ValueType.Text text) {
            return text(node, text, path);
        } else if (type instanceof ValueType.Words words) {
            return word(node, words, path);
        } else if (type instanceof ValueType.ListOf list) {
            return list(node, list, path);
        } else if (type instanceof ValueType.MapOf map) {
            return map(node, map, path);
        } else if (type instanceof ValueType.Section section) {
            return section(node, section, path);
        } else if (type instanceof ValueType.Choice choice) {
            return choice(node, choice, path);
        }
        ValueType.Either either = (ValueType.Either) type;
        if (node instanceof Sequence) {
            throw Mistakes.unexpected(node, path, either.expected());
        }
        if (node instanceof Mapping) {
            return check(node, either.section(), path);
        }
        if (either.key() == null) {
            return check(node, either.word(), path);
        }
        boolean isBlank = node instanceof Scalar scalar && scalar.text().isBlank();
        return isBlank
                ? new Mapping(Map.of(), node.origin())
                : new Mapping(Map.of(either.key(), check(node, either.word(), path)), node.origin());
    }

    private static Node text(Node node, ValueType.Text type, String path) {
        if (node instanceof Scalar scalar) {
            Scalar normal = type.lowerCase() ? scalar.as(scalar.text().toLowerCase(Locale.ROOT)) : scalar;
            if (type.accepts().test(normal.text())) {
                return normal;
            }
        }
        throw type.secret()
                ? Mistakes.at(node.origin(), path, "expected " + type.expected(), "What is there is not shown.")
                : Mistakes.noText(node, path, type.expected());
    }

    private static Node choice(Node node, ValueType.Choice type, String path) {
        if (!(node instanceof Mapping mapping) || mapping.entries().isEmpty()) {
            throw Mistakes.unexpected(node, path, type.expected());
        }
        Node checked = section(node, type.of(), path);
        if (mapping.entries().size() > 1) {
            throw Mistakes.at(
                    node.origin(),
                    path,
                    "expected one key, found "
                            + String.join(", ", mapping.entries().keySet()),
                    "Make each an item of its own.");
        }
        return checked;
    }

    private static Node word(Node node, ValueType.Words type, String path) {
        if (!(node instanceof Scalar scalar)) {
            throw Mistakes.unexpected(node, path, type.expected());
        }
        for (String word : type.words()) {
            if (word.equalsIgnoreCase(scalar.text())) {
                return scalar.as(word);
            }
        }
        throw scalar.text().isEmpty()
                ? Mistakes.unexpected(node, path, type.expected())
                : Mistakes.unknownWord(scalar, path, type);
    }

    private static Node list(Node node, ValueType.ListOf type, String path) {
        List<Node> written = node instanceof Sequence sequence ? sequence.items() : List.of();
        if (node instanceof Scalar scalar && !scalar.text().isBlank()) {
            written = Arrays.stream(scalar.text().split(",", -1))
                    .<Node>map(word -> scalar.as(word.strip()))
                    .toList();
        } else if (node instanceof Mapping) {
            throw Mistakes.unexpected(node, path, type.expected());
        }
        if (written.isEmpty() && type.nonEmpty()) {
            throw Mistakes.at(node.origin(), path, "expected at least one " + type.element(), "");
        }
        List<Node> items = new ArrayList<>();
        ErrorCollector errors = new ErrorCollector();
        for (int i = 0; i < written.size(); i++) {
            Node item = written.get(i);
            String at = path + "[" + i + "]";
            errors.get(() -> check(item, type.item(), at)).ifPresent(items::add);
        }
        errors.throwAny();
        return new Sequence(items, node.origin());
    }

    private static Node map(Node node, ValueType.MapOf type, String path) {
        Map<String, Node> checked = new LinkedHashMap<>();
        ErrorCollector errors = new ErrorCollector();
        mapping(node, type, path)
                .entries()
                .forEach((key, value) -> errors.check(() -> entry(key, value, type, path + "." + key, checked)));
        errors.throwAny();
        return new Mapping(checked, node.origin());
    }

    private static void entry(
            String written, Node value, ValueType.MapOf type, String path, Map<String, Node> checked) {
        if (!type.key().matcher(written).matches()) {
            throw Mistakes.at(
                    value.origin(), path, "not a valid key", "Allowed in a key here: " + type.expectedKey() + ".");
        }
        if (!(value instanceof Scalar scalar) || scalar.text().indexOf('\0') >= 0) {
            throw Mistakes.noText(value, path, "a text");
        }
        String key = type.upperCase() ? written.toUpperCase(Locale.ROOT) : written;
        if (checked.put(key, value) != null) {
            throw Mistakes.at(value.origin(), path, "given twice, as keys are turned to upper case", "");
        }
    }

    private static Node section(Node node, ValueType.Section type, String path) {
        Map<String, Node> checked = new LinkedHashMap<>();
        Mapping mapping = mapping(node, type, path);
        ErrorCollector errors = new ErrorCollector();
        mapping.entries().forEach((name, value) -> {
            String at = path.isEmpty() ? name : path + "." + name;
            errors.get(() -> {
                        Setting key =
                                type.key(name).orElseThrow(() -> Mistakes.unknownKey(value.origin(), at, name, type));
                        return check(value, key.type(), at);
                    })
                    .ifPresent(child -> checked.put(name, child));
        });
        for (String name : type.required()) {
            if (!mapping.entries().containsKey(name)) {
                errors.check(() -> {
                    throw Mistakes.at(
                            node.origin(),
                            path,
                            "the key " + name + " is missing",
                            "Needed here: " + String.join(", ", type.required()) + ".");
                });
            }
        }
        errors.throwAny();
        return new Mapping(checked, node.origin());
    }

    private static Mapping mapping(Node node, ValueType type, String path) {
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        if (node instanceof Scalar scalar && scalar.text().isBlank()) {
            return new Mapping(Map.of(), node.origin());
        }
        throw Mistakes.unexpected(node, path, type.expected());
    }
}
