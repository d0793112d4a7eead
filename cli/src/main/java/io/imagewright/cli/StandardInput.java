package io.imagewright.cli;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** Standard input as one JSON object. It may hold secrets, so nothing of it is ever in a message. */
final class StandardInput {

    private static final int LONGEST = 1 << 20;

    private StandardInput() {}

    /**
     * Reads it to its end.
     *
     * @param place what reads it, for error messages
     * @throws ImageException DESCRIPTION when it is no JSON object
     */
    static JsonNode read(Surroundings surroundings, String place) {
        try {
            byte[] bytes = surroundings.in().readNBytes(LONGEST);
            JsonNode node = new JsonMapper().readTree(bytes);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException noJson) {
            // its message would quote what was read
        } catch (IOException failure) {
            throw ImageException.of(
                    Kind.ENVIRONMENT, "Cannot read standard input", String.valueOf(failure.getMessage()), "");
        }
        throw ImageException.of(
                Kind.DESCRIPTION, place, "standard input is no JSON object", "See imagewright man-page for its keys.");
    }
}
