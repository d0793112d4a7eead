package io.imagewright.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.spec.DescriptionShortcuts;
import io.imagewright.spec.DescriptionTree;
import io.imagewright.spec.Node;
import io.imagewright.spec.Origin;
import org.jspecify.annotations.Nullable;

/** Puts what options say into one layer of the description; what comes later goes over what came before. */
final class OptionOverrides {

    private final Vocabulary vocabulary;
    private DescriptionTree layer = DescriptionTree.empty(Origin.of("command line"));

    OptionOverrides(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /** One value; nothing for null. */
    void set(String option, String shortcut, @Nullable String value) {
        put(vocabulary.option(option), shortcut, value);
    }

    /** The value of one key of an option that takes several. */
    void set(String option, String key, String shortcut, String value) {
        put(vocabulary.option(option) + " " + key, shortcut, value);
    }

    private void put(String setting, String shortcut, @Nullable String value) {
        if (value != null) {
            DescriptionTree upper = DescriptionShortcuts.setting(setting, shortcut, value)
                    .orElseThrow(() -> new IllegalArgumentException(shortcut));
            layer = upper.over(layer);
        }
    }

    /** A list; nothing when it is empty. */
    void setAll(String option, String shortcut, List<String> values) {
        set(option, shortcut, values.isEmpty() ? null : String.join(",", values));
    }

    /** The one format, under this file name. */
    void file(String option, String type, String file) {
        Origin origin = Origin.of(vocabulary.option(option));
        Map<String, Node> format = new LinkedHashMap<>();
        format.put("type", new Node.Scalar(type, origin));
        format.put("file", new Node.Scalar(file, origin));
        Node formats = new Node.Sequence(List.of(new Node.Mapping(format, origin)), origin);
        put(new Node.Mapping(Map.of("formats", formats), origin));
    }

    /** Files, whatever their names hold. */
    void disks(String option, List<String> files) {
        if (!files.isEmpty()) {
            Origin origin = Origin.of(vocabulary.option(option));
            List<Node> disks = files.stream()
                    .<Node>map(file -> new Node.Mapping(Map.of("media", new Node.Scalar(file, origin)), origin))
                    .toList();
            put(new Node.Mapping(
                    Map.of("source", new Node.Mapping(Map.of("disks", new Node.Sequence(disks, origin)), origin)),
                    origin));
        }
    }

    private void put(Node node) {
        layer = DescriptionTree.of(node, "").over(layer);
    }

    DescriptionTree layer() {
        return layer;
    }
}
