package io.imagewright.spec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.imagewright.error.ImageException;
import io.imagewright.spec.Node.Mapping;
import io.imagewright.spec.Node.Scalar;
import io.imagewright.spec.Node.Sequence;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * Reads YAML or JSON text into the neutral tree, event by event. Nothing is expanded or constructed: aliases, with which a few
 * lines can stand for gigabytes, are refused, and so are tags that would give a value another meaning.
 */
final class TextTree {

    /** Characters of one value; longer ones belong into files of their own. */
    static final int MAX_TEXT = 64 * 1024;

    /** Deeper than any description; the schema itself has four levels. */
    private static final int MAX_DEPTH = 20;

    private static final String STANDARD_TAG = "tag:yaml.org,2002:";

    /** Tags that say what the schema knows already. */
    private static final Set<String> TAGS = Set.of("str", "int", "float", "bool", "null", "map", "seq");

    private final SourceText text;
    private final String place;
    private final JsonParser parser;

    private TextTree(String place, SourceText text, JsonParser parser) {
        this.place = place;
        this.text = text;
        this.parser = parser;
    }

    /** Reads the one document of the text. */
    static Node read(String place, String text, boolean json) {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_TEXT)
                .maxNameLength(1000)
                .build();
        LoaderOptions yaml = new LoaderOptions();
        yaml.setNestingDepthLimit(MAX_DEPTH);
        yaml.setMaxAliasesForCollections(1);
        JsonFactory factory = json
                ? JsonFactory.builder().streamReadConstraints(limits).build()
                : YAMLFactory.builder()
                        .loaderOptions(yaml)
                        .streamReadConstraints(limits)
                        .build();
        SourceText source = new SourceText(place, text);
        int bad = json ? -1 : unprintable(text);
        if (bad >= 0) {
            String before = text.substring(0, bad);
            throw source.mistake(
                    1
                            + (int) before.chars()
                                    .filter(character -> character == '\n')
                                    .count(),
                    bad - before.lastIndexOf('\n'),
                    "",
                    "the character U+%04X, which is none of a text".formatted((int) text.charAt(bad)),
                    "Remove it.");
        }
        try (JsonParser parser = factory.createParser(text)) {
            return new TextTree(place, source, parser).document();
        } catch (JsonProcessingException e) {
            throw broken(source, json, e);
        } catch (IOException e) {
            throw Mistakes.at(Origin.of(place), "", "not readable: " + firstLine(String.valueOf(e.getMessage())), "");
        }
    }

    private Node document() throws IOException {
        if (parser.nextToken() == null) {
            return new Scalar("", Origin.of(place));
        }
        Node root = value("");
        if (parser.nextToken() != null) {
            throw mistake(
                    "",
                    "a second document begins here, and a file describes one image",
                    "Move it to a file of its own.");
        }
        return root;
    }

    private Node value(String path) throws IOException {
        Origin origin = origin();
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw mistake(
                    path,
                    "aliases (*name) are not allowed",
                    "Write the value out; a text that begins with * needs quotes.");
        }
        requireNoTag(path);
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(origin, path);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Node> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(path + "[" + items.size() + "]"));
            }
            return new Sequence(items, origin);
        }
        return new Scalar(token == JsonToken.VALUE_NULL ? "" : parser.getText(), origin);
    }

    private void requireNoTag(String path) throws IOException {
        Object tag = parser.getTypeId();
        if (tag != null && !tag.toString().isEmpty()) {
            String name = tag.toString();
            boolean standard = name.startsWith(STANDARD_TAG) && TAGS.contains(name.substring(STANDARD_TAG.length()));
            if (!standard) {
                throw mistake(
                        path,
                        "tags (!name) are not allowed",
                        "Write the value without its tag; a text that begins with ! needs quotes.");
            }
        }
    }

    private Node mapping(Origin origin, String path) throws IOException {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String at = path.isEmpty() ? key : path + "." + key;
            if (key.startsWith("\u00a0")) {
                throw mistake(path, SyntaxRules.NO_BREAK_SPACE, "Replace it by a space.");
            }
            Node earlier = entries.get(key);
            if (earlier != null) {
                throw mistake(
                        at, "given twice, first in line " + earlier.origin().line(), "Remove one of the two.");
            }
            parser.nextToken();
            entries.put(key, value(at));
        }
        return new Mapping(entries, origin);
    }

    private Origin origin() {
        return new Origin(place, Math.max(0, parser.currentTokenLocation().getLineNr()));
    }

    /** At the current token. */
    private ImageException mistake(String path, String reason, String next) {
        JsonLocation at = parser.currentTokenLocation();
        return text.mistake(at.getLineNr(), at.getColumnNr(), path, reason, next);
    }

    private static ImageException broken(SourceText text, boolean json, JsonProcessingException failure) {
        if (failure.getCause() instanceof MarkedYAMLException marked) {
            return SyntaxRules.explain(text, marked);
        }
        JsonLocation at = failure.getLocation();
        int line = at == null ? 0 : Math.max(0, at.getLineNr());
        int column = at == null ? 0 : Math.max(0, at.getColumnNr());
        String reason = firstLine(String.valueOf(failure.getOriginalMessage()));
        if (failure instanceof StreamConstraintsException || reason.contains("Nesting Depth")) {
            return text.mistake(
                    line,
                    column,
                    "",
                    reason.contains("String") ? "a text of more than 64 KiB" : "nested deeper than a description is",
                    reason.contains("String") ? "Put it into a file, and refer to that." : "");
        }
        if (!json && reason.startsWith("Expected a field name")) {
            int template = text.line(line).indexOf("{{");
            return text.mistake(
                    line,
                    template < 0 ? column : template + 1,
                    "",
                    template >= 0 ? "{{ }} is no reference here" : "a key must be a word",
                    template >= 0
                            ? "References are written ${name}, inside of { } and [ ] in quotes."
                            : "Put the key into quotes.");
        }
        return text.mistake(line, column, "", "not readable as " + (json ? "JSON" : "YAML") + ": " + reason, "");
    }

    /** The first character that YAML does not allow; -1 for none. Source: YAML 1.2, production c-printable. */
    private static int unprintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if ((character < ' ' && "\t\n\r".indexOf(character) < 0)
                    || (character >= 0x7f && character < 0xa0 && character != 0x85)) {
                return i;
            }
        }
        return -1;
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
