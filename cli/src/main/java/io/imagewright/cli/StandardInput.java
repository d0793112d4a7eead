package io.imagewright.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** Standard input as one JSON object. It may hold secrets, so no value of it is ever in a message. */
final class StandardInput {

    private static final int LONGEST = 1 << 20;

    private static final Map<String, JsonNodeType> KEYS = Map.of(
            "arguments",
            JsonNodeType.ARRAY,
            "names",
            JsonNodeType.OBJECT,
            "luksKeys",
            JsonNodeType.ARRAY,
            "gpgPassphrase",
            JsonNodeType.STRING);

    private StandardInput() {}

    /**
     * Reads it to its end.
     *
     * @param place what reads it, for error messages
     * @throws ImageException DESCRIPTION when it is no JSON object of the keys that there are
     */
    static JsonNode read(CommandEnvironment surroundings, String place) {
        JsonNode node = parse(surroundings, place);
        node.properties().forEach(entry -> {
            JsonNodeType type = KEYS.get(entry.getKey());
            if (type == null || entry.getValue().getNodeType() != type) {
                throw bad(place, type == null ? "it has an unknown key" : entry.getKey() + " is no " + type);
            }
            entry.getValue().forEach(item -> {
                if (!item.isTextual()) {
                    throw bad(place, entry.getKey() + " holds something that is no text");
                }
            });
        });
        return node;
    }

    private static JsonNode parse(CommandEnvironment surroundings, String place) {
        try {
            byte[] bytes = surroundings.in().readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw bad(place, "it is longer than 1 MiB");
            }
            // decoded here: the parser's own guess of the encoding would quote bytes when it fails
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode node = new JsonMapper().readTree(text);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException | CharacterCodingException noJson) {
            // its message would quote what was read
        } catch (IOException failure) {
            throw ImageException.of(
                    Kind.ENVIRONMENT, "Cannot read standard input", String.valueOf(failure.getMessage()), "");
        }
        throw bad(place, "it is no JSON object");
    }

    private static ImageException bad(String place, String reason) {
        return ImageException.of(
                Kind.DESCRIPTION,
                place,
                "standard input cannot be taken: " + reason,
                "Give {\"luksKeys\": [\"...\"], \"gpgPassphrase\": \"...\"}; each may be left out.");
    }
}
