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

    /**
     * One value.
     *
     * @param text empty for a YAML null or an empty element
     * @param written the text with its references {@code ${name}}, where it had some; else empty
     */
    record Scalar(String text, Origin origin, String written) implements Node {

        /** A value as written, without references. */
        public Scalar(String text, Origin origin) {
            this(text, origin, "");
        }

        /** Another text of the same origin. */
        Scalar as(String other) {
            return new Scalar(other, origin, written);
        }
    }

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
