package io.imagewright.jenkins.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** What a pipeline is given of its images: maps, lists, texts, numbers and flags, which it can keep over a restart. */
final class BuiltImages {

    private static final JsonMapper MAPPER = new JsonMapper();

    private BuiltImages() {}

    /** The manifest of the one image; of several, each by the name of its image. */
    static Map<String, Object> of(List<JsonNode> results) {
        if (results.size() == 1) {
            return manifest(results.get(0));
        }
        Map<String, Object> images = new LinkedHashMap<>();
        results.forEach(result -> images.put(result.path("image").asText(), manifest(result)));
        return images;
    }

    private static Map<String, Object> manifest(JsonNode result) {
        return MAPPER.convertValue(
                result.at("/result/manifest"), new TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
