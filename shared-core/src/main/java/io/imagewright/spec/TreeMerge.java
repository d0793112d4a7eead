package io.imagewright.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.spec.Node.Mapping;
import io.imagewright.spec.Node.Scalar;
import io.imagewright.spec.Node.Sequence;
import org.jspecify.annotations.Nullable;

/** Lays one checked tree over another: maps merge, values and lists replace, lists with an opposite add. */
final class TreeMerge {

    private TreeMerge() {}

    static Mapping merge(Mapping lower, Mapping upper, ValueType.Section type) {
        Map<String, Node> merged = new LinkedHashMap<>(lower.entries());
        upper.entries().forEach((name, value) -> {
            Node below = lower.entries().get(name);
            ValueType valueType = type.key(name).orElseThrow().type();
            merged.put(name, below == null ? value : mergeValue(below, value, valueType));
        });
        for (Setting key : type.keys()) {
            if (key.type() instanceof ValueType.ListOf list
                    && list.opposite() != null
                    && lower.entries().get(key.name()) instanceof Sequence below) {
                boolean restarts = list.restart() != null && upper.entries().containsKey(list.restart());
                Sequence kept = restarts ? new Sequence(List.of(), below.origin()) : below;
                merged.put(key.name(), takeBack(kept, upper, key.name(), list.opposite()));
            }
        }
        return new Mapping(merged, upper.origin());
    }

    private static Node mergeValue(Node lower, Node upper, ValueType type) {
        if (lower instanceof Mapping below && upper instanceof Mapping above) {
            if (type instanceof ValueType.Section section) {
                return merge(below, above, section);
            }
            if (type instanceof ValueType.Either either) {
                return merge(below, above, either.section());
            }
            Map<String, Node> merged = new LinkedHashMap<>(below.entries());
            merged.putAll(above.entries());
            return new Mapping(merged, above.origin());
        }
        return upper;
    }

    /** What the lower layer lists, without what the upper layer names in the opposite list, and what the upper layer adds. */
    private static Node takeBack(Sequence lower, Mapping upper, String name, @Nullable String opposite) {
        List<String> taken = words(upper.entries().get(opposite));
        List<Node> items = new ArrayList<>();
        for (Node item : lower.items()) {
            if (item instanceof Scalar scalar && !taken.contains(scalar.text())) {
                items.add(item);
            }
        }
        if (upper.entries().get(name) instanceof Sequence added) {
            List<String> present = words(new Sequence(items, lower.origin()));
            added.items().stream()
                    .filter(item -> item instanceof Scalar scalar && !present.contains(scalar.text()))
                    .forEach(items::add);
        }
        return new Sequence(items, upper.origin());
    }

    private static List<String> words(@Nullable Node node) {
        return node instanceof Sequence sequence
                ? sequence.items().stream()
                        .map(item -> item instanceof Scalar scalar ? scalar.text() : "")
                        .toList()
                : List.of();
    }
}
