package io.imagewright.spec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.imagewright.error.ImageException;
import io.imagewright.spec.Node.Mapping;
import io.imagewright.spec.Node.Scalar;
import io.imagewright.spec.Node.Sequence;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads YAML or JSON text into the neutral tree, event by event. Nothing is expanded or constructed: aliases, with which a few
 * lines can stand for gigabytes, are refused, and tags mean nothing.
 */
final class TextTree {

    /** Deeper than any description; the schema itself has four levels. */
    private static final int MAX_DEPTH = 20;

    private final String place;
    private final JsonParser parser;

    private TextTree(String place, JsonParser parser) {
        this.place = place;
        this.parser = parser;
    }

    /** Reads the one document of the text. */
    static Node read(String place, String text, boolean json) {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(64 * 1024)
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
        try (JsonParser parser = factory.createParser(text)) {
            return new TextTree(place, parser).document();
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw broken(new Origin(place, Math.max(0, line)), firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw broken(Origin.of(place), firstLine(String.valueOf(e.getMessage())));
        }
    }

    private Node document() throws IOException {
        if (parser.nextToken() == null) {
            return new Scalar("", Origin.of(place));
        }
        Node root = value("");
        if (parser.nextToken() != null) {
            throw Mistakes.at(
                    origin(),
                    "",
                    "a second document begins here, and a file describes one image",
                    "Move it to a file of its own.");
        }
        return root;
    }

    private Node value(String path) throws IOException {
        Origin origin = origin();
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw Mistakes.at(origin, path, "aliases (*name) are not allowed", "Write the value out.");
        }
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

    private Node mapping(Origin origin, String path) throws IOException {
        Map<String, Node> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String at = path.isEmpty() ? key : path + "." + key;
            Origin keyOrigin = origin();
            parser.nextToken();
            if (entries.put(key, value(at)) != null) {
                throw Mistakes.at(keyOrigin, at, "given twice", "Remove one of the two.");
            }
        }
        return new Mapping(entries, origin);
    }

    private Origin origin() {
        return new Origin(place, Math.max(0, parser.currentTokenLocation().getLineNr()));
    }

    private static ImageException broken(Origin origin, String why) {
        return Mistakes.at(origin, "", "not readable as a description: " + why, "");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
