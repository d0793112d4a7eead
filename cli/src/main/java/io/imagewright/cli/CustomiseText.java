package io.imagewright.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.spec.Node;
import io.imagewright.spec.Origin;

/**
 * The value of one option with virt-customize's name. It may hold a secret, so that no message of this class shows it.
 *
 * @param place what messages name: the option, or a line of a file of commands
 * @param value empty for none
 */
record CustomiseText(String place, String value) {

    /**
     * What is before the first colon, and what is after it.
     *
     * @param form what is expected, for example {@code FILE:LINE}
     * @throws ImageException DESCRIPTION when one of both is missing; what follows the colon may be empty
     */
    List<String> halves(String form) {
        int colon = value.indexOf(':');
        if (colon <= 0) {
            throw bad("expected " + form, "Write both, with a colon between them.");
        }
        return List.of(value.substring(0, colon), value.substring(colon + 1));
    }

    /** An action with one key. */
    Node action(String name, String key, String keyValue) {
        return action(name, Map.of(key, keyValue));
    }

    /** An action with two keys. */
    Node action(String name, String key, String keyValue, String otherKey, String otherValue) {
        return action(name, Map.of(key, keyValue, otherKey, otherValue));
    }

    /** An action with any keys. */
    Node action(String name, Map<String, String> settings) {
        Origin origin = Origin.of(place);
        Map<String, Node> keys = new LinkedHashMap<>();
        settings.forEach((key, text) -> keys.put(key, new Node.Scalar(text, origin)));
        return new Node.Mapping(Map.of(name, new Node.Mapping(keys, origin)), origin);
    }

    /** The error for a value that the option cannot have. */
    ImageException bad(String reason, String next) {
        return ImageException.of(Kind.DESCRIPTION, place, reason, next);
    }
}
