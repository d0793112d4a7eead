package io.imagewright.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The neutral tree that every spelling of a description is read into. Types of scalars are left open: the schema, not the
 * spelling, says what a text means, as XML and properties know texts only.
 */
public sealed interface Node {

    /** Where it was written. */
    Origin origin();

    /** One value, as written; empty for a YAML null or an empty element. */
    record Scalar(String text, Origin origin) implements Node {}

    /** Values in order. */
    record Sequence(List<Node> items, Origin origin) implements Node {

        /** Copies the list. */
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** Values by key, in the order written. */
    record Mapping(Map<String, Node> entries, Origin origin) implements Node {

        /** Copies the map. */
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }
}
