package io.imagewright.sysprep.linux;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.imagewright.guest.Bytes;
import io.imagewright.sysprep.unix.ConfigFile;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A YAML file of the guest that is edited as text, where the parser says that something stands: comments, and whatever an edit does not
 * name, keep every byte. An edit after which the parser reads anything else than what was meant is not made. Immutable.
 *
 * @param text in characters, of UTF-8
 */
record YamlText(String text, JsonNode tree) {

    /** Characters; more is no configuration. */
    private static final int LIMIT = 1 << 20;

    private static final int MAX_DEPTH = 50;

    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * Reads a file.
     *
     * @throws IOException when it is no YAML that can be followed here: too long, too deep, or with aliases
     */
    static YamlText of(ConfigFile file) throws IOException {
        return of(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(Bytes.ofText(file.text()).toArray()))
                .toString());
    }

    private static YamlText of(String text) throws IOException {
        if (text.length() > LIMIT) {
            throw new IOException("too long");
        }
        try (YAMLParser parser = YAML.getFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    throw new IOException("an alias stands for something else"); // Jackson takes its name for the value
                }
            }
            JsonNode tree = YAML.readTree(text);
            return new YamlText(text, tree == null ? YAML.missingNode() : tree);
        } catch (YAMLException broken) {
            throw new IOException(broken);
        }
    }

    Bytes bytes() {
        return Bytes.of(text);
    }

    /** The scalar that is there with another text, which must need no quotes; empty when that cannot be. */
    Optional<YamlText> replacing(JsonPointer pointer, String value) {
        return edited(
                pointer,
                entry -> entry.value() instanceof ScalarNode scalar
                        ? spliced(
                                index(scalar.getStartMark().getIndex()),
                                index(scalar.getEndMark().getIndex()),
                                value)
                        : text,
                mapping -> mapping.put(pointer.last().getMatchingProperty(), value));
    }

    /** Without this entry of a mapping; a mapping that had nothing else becomes {@code {}}. Empty when that cannot be. */
    Optional<YamlText> without(JsonPointer pointer) {
        return edited(
                pointer,
                this::withoutEntry,
                mapping -> mapping.remove(pointer.last().getMatchingProperty()));
    }

    /** With another key and text in place of this entry of a mapping; empty when that cannot be. */
    Optional<YamlText> replacing(JsonPointer pointer, String key, String value) {
        return edited(
                pointer, entry -> spliced(start(entry.key()), entry.end(), key + ": \"" + value + "\""), mapping -> {
                    mapping.remove(pointer.last().getMatchingProperty());
                    mapping.put(key, value);
                });
    }

    private interface TextEdit {
        String apply(Entry entry);
    }

    /** The edit of the text, if it reads as the edit of the tree. */
    private Optional<YamlText> edited(JsonPointer pointer, TextEdit edit, Consumer<ObjectNode> meant) {
        try {
            JsonNode wanted = tree.deepCopy();
            if (wanted.at(pointer.head()) instanceof ObjectNode mapping
                    && mapping.has(pointer.last().getMatchingProperty())) {
                meant.accept(mapping);
                Optional<Entry> entry = entry(pointer);
                if (entry.isPresent()) {
                    YamlText edited = of(edit.apply(entry.get()));
                    return edited.tree.equals(wanted) ? Optional.of(edited) : Optional.empty();
                }
            }
            return Optional.empty();
        } catch (IOException | YAMLException broken) {
            return Optional.empty();
        }
    }

    /** An entry of a mapping, with its place among the others. */
    private record Entry(MappingNode mapping, int place, int end) {

        Node key() {
            return mapping.getValue().get(place).getKeyNode();
        }

        Node value() {
            return mapping.getValue().get(place).getValueNode();
        }

        boolean isLast() {
            return place == mapping.getValue().size() - 1;
        }

        NodeTuple other(int offset) {
            return mapping.getValue().get(place + offset);
        }
    }

    private Optional<Entry> entry(JsonPointer pointer) {
        @Nullable Node at = compose();
        JsonPointer rest = pointer;
        while (at instanceof CollectionNode) {
            if (at instanceof SequenceNode sequence) {
                int index = rest.getMatchingIndex();
                at = index >= 0 && index < sequence.getValue().size()
                        ? sequence.getValue().get(index)
                        : null;
            } else if (at instanceof MappingNode mapping) {
                int place = place(mapping, rest.getMatchingProperty());
                if (place < 0) {
                    return Optional.empty();
                }
                Node value = mapping.getValue().get(place).getValueNode();
                if (rest.tail().matches()) {
                    return Optional.of(new Entry(mapping, place, end(value)));
                }
                at = value;
            }
            rest = rest.tail();
        }
        return Optional.empty();
    }

    private static int place(MappingNode mapping, String key) {
        List<NodeTuple> entries = mapping.getValue();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).getKeyNode() instanceof ScalarNode scalar
                    && scalar.getValue().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    private @Nullable Node compose() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(LIMIT);
        return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
    }

    private String withoutEntry(Entry entry) {
        int start = start(entry.key());
        int end = entry.end();
        boolean flow = entry.mapping().getFlowStyle() == FlowStyle.FLOW;
        if (entry.mapping().getValue().size() == 1) {
            return spliced(start, end, flow ? "" : "{}");
        }
        if (flow) {
            return entry.isLast()
                    ? spliced(end(entry.other(-1).getValueNode()), end, "")
                    : spliced(start, start(entry.other(1).getKeyNode()), "");
        }
        int line = text.lastIndexOf('\n', start - 1) + 1;
        if (!text.substring(line, start).isBlank()) { // behind the dash of a sequence, whose place the next entry takes
            return entry.isLast() ? text : spliced(start, start(entry.other(1).getKeyNode()), "");
        }
        int next = text.indexOf('\n', end);
        return spliced(line, next < 0 ? text.length() : next + 1, "");
    }

    private String spliced(int start, int end, String between) {
        return text.substring(0, start) + between + text.substring(end);
    }

    private int start(Node node) {
        return index(node.getStartMark().getIndex());
    }

    /** Where the last character of a node ends: the parser has what is written over several lines end where the next thing starts. */
    private int end(Node node) {
        boolean block = node instanceof CollectionNode<?> collection
                && collection.getFlowStyle() != FlowStyle.FLOW
                && !collection.getValue().isEmpty();
        if (block && node instanceof MappingNode mapping) {
            return end(mapping.getValue().get(mapping.getValue().size() - 1).getValueNode());
        }
        if (block && node instanceof SequenceNode sequence) {
            return end(sequence.getValue().get(sequence.getValue().size() - 1));
        }
        int end = index(node.getEndMark().getIndex());
        while (end > start(node) && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** The parser counts code points. */
    private int index(int codePoints) {
        return text.offsetByCodePoints(0, codePoints);
    }
}
