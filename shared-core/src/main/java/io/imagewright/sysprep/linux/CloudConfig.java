package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A file of cloud-init's configuration. It is edited as text, so that comments stay, where its parser says that a value stands.
 *
 * @param text in characters, of UTF-8
 */
record CloudConfig(GuestPath path, String text, JsonNode tree) {

    static final GuestPath DIRECTORY = GuestPath.of("/etc/cloud/cloud.cfg.d");

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());

    /** In the order in which cloud-init reads them, what comes later counting more. */
    private static final List<Glob> FILES =
            List.of(new Glob("etc/cloud/cloud.cfg"), new Glob("etc/cloud/cloud.cfg.d/*.cfg"));

    /** Characters; more is no configuration. */
    private static final int LIMIT = 1 << 20;

    /** What cannot be read is left out, and the user is told. */
    static List<CloudConfig> all(OperationContext context) {
        List<CloudConfig> all = new ArrayList<>();
        for (Glob glob : FILES) {
            for (var entry : glob.below(context, GuestPath.ROOT)) {
                ConfigFile.read(context, entry.path())
                        .flatMap(file -> parse(context, file))
                        .ifPresent(all::add);
            }
        }
        return all;
    }

    /** What the files say together under a pointer. */
    static Optional<JsonNode> effective(List<CloudConfig> files, JsonPointer pointer) {
        return files.stream()
                .map(file -> file.tree.at(pointer))
                .filter(value -> !value.isMissingNode())
                .reduce((earlier, later) -> later);
    }

    /** The write that gives a scalar that is there another text; empty when it is spelled in a way that cannot be replaced by itself. */
    Optional<Change> replacing(JsonPointer pointer, String value) {
        try {
            String edited = edited(pointer, value);
            JsonNode wanted = tree.deepCopy();
            if (wanted.at(pointer.head()) instanceof ObjectNode mapping) {
                mapping.put(pointer.last().getMatchingProperty(), value);
            }
            return tree(edited).equals(wanted)
                    ? Optional.of(Change.Write.of(path, Bytes.of(edited)))
                    : Optional.empty();
        } catch (IOException | YAMLException broken) {
            return Optional.empty();
        }
    }

    private String edited(JsonPointer pointer, String value) throws IOException {
        try (YAMLParser parser = parser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()
                        && parser.getParsingContext().pathAsPointer().equals(pointer)) {
                    // the parser counts code points
                    int start = text.offsetByCodePoints(
                            0, (int) parser.currentTokenLocation().getCharOffset());
                    int end = text.offsetByCodePoints(
                            0, (int) parser.currentLocation().getCharOffset());
                    return text.substring(0, start) + value + text.substring(end);
                }
            }
        }
        return text;
    }

    /** A tree in YAML. */
    static String write(JsonNode tree) throws IOException {
        return YAML.writeValueAsString(tree);
    }

    private static Optional<CloudConfig> parse(OperationContext context, ConfigFile file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Bytes.ofText(file.text()).toArray()))
                    .toString();
            return Optional.of(new CloudConfig(file.path(), text, tree(text)));
        } catch (IOException | YAMLException broken) {
            context.warn("cloud-init's " + file.path()
                    + " is left out of account: it is no YAML that can be followed here.");
            return Optional.empty();
        }
    }

    private static JsonNode tree(String text) throws IOException {
        if (text.length() > LIMIT) {
            throw new IOException("too long");
        }
        try (YAMLParser parser = parser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    throw new IOException("an alias stands for something else"); // Jackson takes its name for the value
                }
            }
        }
        JsonNode tree = YAML.readTree(text);
        return tree == null ? YAML.missingNode() : tree;
    }

    private static YAMLParser parser(String text) throws IOException {
        return YAML.getFactory().createParser(text);
    }
}
