package io.imagewright.spec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.format.OutputFormat;
import io.imagewright.format.OutputFormats;
import io.imagewright.spec.ValueType.Choice;
import io.imagewright.spec.ValueType.Either;
import io.imagewright.spec.ValueType.ListOf;
import io.imagewright.spec.ValueType.MapOf;
import io.imagewright.spec.ValueType.Section;
import io.imagewright.spec.ValueType.Text;
import io.imagewright.spec.ValueType.Words;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.Operations;

/**
 * The schema of descriptions as JSON Schema (draft 7, which editors know best). It accepts what the reader accepts, but for the letter case of words
 * and true and false in quotes, and refuses less: what depends on other keys is the reader's to refuse. Words that this version knows are offered, and others are accepted.
 */
final class DescriptionJsonSchema {

    /** Any value may hold a reference to a property. */
    private static final Map<String, Object> REFERENCE = Map.of("type", "string", "pattern", "\\$\\{");

    private static final List<String> SCALAR = List.of("string", "number", "boolean");

    private static final List<String> SCALAR_OR_NOTHING = List.of("string", "number", "boolean", "null");

    private final Operations operations = Operations.load(DescriptionJsonSchema.class.getClassLoader());

    static Map<String, Object> tree() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "Image description " + Schema.VERSION);
        schema.putAll(new DescriptionJsonSchema().of(Schema.IMAGE, ""));
        return schema;
    }

    private Map<String, Object> of(ValueType type, String path) {
        if (type instanceof Text text) {
            return text(text, path);
        } else if (type instanceof Words words) {
            return words(words);
        } else if (type instanceof ListOf list) {
            return list(list, path);
        } else if (type instanceof MapOf map) {
            return map(map, path);
        } else if (type instanceof Section section) {
            return section(section, path);
        } else if (type instanceof Choice choice) {
            Map<String, Object> one = section(choice.of(), path);
            one.put("type", "object");
            one.put("minProperties", 1);
            one.put("maxProperties", 1);
            return one;
        }
        Either either = (Either) type;
        return anyOf(of(either.word(), path), of(either.section(), path));
    }

    private Map<String, Object> text(Text type, String path) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("type", SCALAR);
        String pattern = type.pattern();
        if (pattern != null) {
            text.put(
                    "pattern",
                    "^(?:" + ecma(type.lowerCase() ? pattern.replace("a-z", "A-Za-z") : pattern) + ")$|\\$\\{");
            // of the YAML language server, which would show the pattern
            text.put("patternErrorMessage", "Expected " + type.expected() + ".");
        }
        List<String> known = known(path);
        return known.isEmpty() ? text : anyOf(Map.of("enum", known), text);
    }

    /** The one class of characters in the schema's patterns that JavaScript spells otherwise. */
    private static String ecma(String pattern) {
        return pattern.replace("\\p{Cntrl}", "\\u0000-\\u001f\\u007f");
    }

    private List<String> known(String path) {
        return switch (path) {
            case "formats[]", "formats[].type" ->
                OutputFormats.all().stream().map(OutputFormat::word).toList();
            case "sysprep.enable[]", "sysprep.disable[]" ->
                operations.all().stream().map(Operation::name).toList();
            case "checksums[]" ->
                Arrays.stream(DigestAlgorithm.values())
                        .map(DigestAlgorithm::word)
                        .toList();
            default -> List.of();
        };
    }

    private static Map<String, Object> words(Words type) {
        List<Object> words = new ArrayList<>(type.words());
        if (type.words().equals(List.of("true", "false"))) {
            words = List.of(true, false);
        }
        return anyOf(Map.of("enum", words), REFERENCE);
    }

    private Map<String, Object> list(ListOf type, String path) {
        Map<String, Object> array = new LinkedHashMap<>();
        array.put("type", "array");
        array.put("items", of(type.item(), path + "[]"));
        if (type.nonEmpty()) {
            array.put("minItems", 1);
        }
        return anyOf(array, Map.of("type", type.nonEmpty() ? SCALAR : SCALAR_OR_NOTHING));
    }

    private Map<String, Object> map(MapOf type, String path) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", List.of("object", "null"));
        map.put("propertyNames", Map.of("pattern", "^(?:" + type.key().pattern() + ")$"));
        if (path.equals("sysprep.params")) {
            Map<String, Object> known = new LinkedHashMap<>();
            operations.all().stream()
                    .flatMap(operation -> operation.parameters().stream())
                    .forEach(parameter -> known.put(
                            parameter.name(), Map.of("description", parameter.description(), "type", SCALAR)));
            map.put("properties", known);
        }
        map.put("additionalProperties", Map.of("type", SCALAR_OR_NOTHING));
        return map;
    }

    private Map<String, Object> section(Section type, String path) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("type", type.required().isEmpty() ? List.of("object", "null") : "object");
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Setting key : type.keys()) {
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("description", key.description());
            property.putAll(of(key.type(), path.isEmpty() ? key.name() : path + "." + key.name()));
            properties.put(key.name(), property);
        }
        section.put("properties", properties);
        if (!type.required().isEmpty()) {
            section.put("required", type.required());
        }
        section.put("additionalProperties", false);
        return section;
    }

    @SafeVarargs
    private static Map<String, Object> anyOf(Map<String, Object>... types) {
        Map<String, Object> any = new LinkedHashMap<>();
        any.put("anyOf", Arrays.asList(types));
        return any;
    }
}
