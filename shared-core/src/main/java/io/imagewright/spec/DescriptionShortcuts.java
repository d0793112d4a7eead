package io.imagewright.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The plain settings that every front end has beside description files: one word each for a key of the description, for example {@code
 * sourceFormat} for {@code source.format}; {@code param.<name>} and {@code property.<name>} for the entries of two maps.
 */
public final class DescriptionShortcuts {

    /** Before the name of a parameter of an operation. */
    public static final String PARAM_PREFIX = "param.";

    /** Before the name of a property of the image. */
    public static final String PROPERTY_PREFIX = "property.";

    /** Before a label's key. */
    public static final String LABEL_PREFIX = "label.";

    /**
     * A key of the description that front ends take by a word.
     *
     * @param path of the key
     */
    public record Shortcut(String word, List<String> path, Setting setting) {

        /** Copies the list. */
        public Shortcut {
            path = List.copyOf(path);
        }
    }

    private static final Map<String, Shortcut> BY_WORD = byWord();

    /** The paths of maps, by what stands before the key of an entry. */
    private static final Map<String, List<String>> PREFIXES = Map.of(
            PARAM_PREFIX, List.of("sysprep", "params"),
            PROPERTY_PREFIX, List.of("properties"),
            LABEL_PREFIX, List.of("labels"));

    private DescriptionShortcuts() {}

    /**
     * A layer that says one thing.
     *
     * @param place where the user wrote it, for error messages
     * @param value lists with commas between their items
     * @return empty when there is no such shortcut
     * @throws io.imagewright.error.ImageException DESCRIPTION when the value is none that the key takes
     */
    public static Optional<DescriptionTree> layer(String place, String shortcut, String value) {
        return path(shortcut).map(path -> tree(Origin.of(place), path, value));
    }

    /** As {@link #layer}, for a place that stands for this key alone: mistakes name the place, and not the key again. */
    public static Optional<DescriptionTree> setting(String place, String shortcut, String value) {
        return path(shortcut).map(path -> tree(Origin.ofSetting(place, String.join(".", path)), path, value));
    }

    /** The shortcut of a key of the description, by its path; empty when it has none. */
    public static Optional<String> of(String path) {
        for (Map.Entry<String, List<String>> prefix : PREFIXES.entrySet()) {
            String map = String.join(".", prefix.getValue()) + ".";
            if (path.startsWith(map)) {
                return Optional.of(prefix.getKey() + path.substring(map.length()));
            }
        }
        return BY_WORD.values().stream()
                .filter(shortcut -> String.join(".", shortcut.path()).equals(path))
                .map(Shortcut::word)
                .findFirst();
    }

    private static DescriptionTree tree(Origin origin, List<String> path, String value) {
        Node node = new Node.Scalar(value.strip(), origin);
        for (int i = path.size() - 1; i >= 0; i--) {
            Map<String, Node> entries = new LinkedHashMap<>();
            entries.put(path.get(i), node);
            node = new Node.Mapping(entries, origin);
        }
        return DescriptionTree.of(node, "");
    }

    private static Optional<List<String>> path(String shortcut) {
        for (Map.Entry<String, List<String>> prefix : PREFIXES.entrySet()) {
            if (shortcut.startsWith(prefix.getKey())) {
                List<String> path = new ArrayList<>(prefix.getValue());
                path.add(shortcut.substring(prefix.getKey().length()));
                return Optional.of(path);
            }
        }
        return Optional.ofNullable(BY_WORD.get(shortcut)).map(Shortcut::path);
    }

    /** All of them, in the order of the {@link Schema}. */
    public static List<Shortcut> all() {
        return List.copyOf(BY_WORD.values());
    }

    private static Map<String, Shortcut> byWord() {
        Map<String, Shortcut> words = new LinkedHashMap<>();
        collect(List.of(), Schema.IMAGE, words);
        return words;
    }

    private static void collect(List<String> above, ValueType.Section section, Map<String, Shortcut> words) {
        for (Setting setting : section.keys()) {
            List<String> path =
                    Stream.concat(above.stream(), Stream.of(setting.name())).toList();
            String word = setting.shortcut();
            if (word != null) {
                words.put(word, new Shortcut(word, path, setting));
            }
            if (setting.type() instanceof ValueType.Section below) {
                collect(path, below, words);
            } else if (setting.type() instanceof ValueType.Either either) {
                collect(path, either.section(), words);
            }
        }
    }
}
