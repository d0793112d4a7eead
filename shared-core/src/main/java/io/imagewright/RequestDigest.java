package io.imagewright;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** SHA-256 of everything that is asked for: the same for the same wishes, however they were spelled. */
final class RequestDigest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private RequestDigest() {}

    static String of(ImageBuildRequest request) {
        try {
            byte[] json = MAPPER.writeValueAsString(Map.of(
                            "description", request.description(),
                            "version", request.version(),
                            "classifier", request.defaultClassifier(),
                            "timestamp",
                                    Optional.ofNullable(request.timestamp())
                                            .map(String::valueOf)
                                            .orElse("")))
                    .getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (JsonProcessingException | NoSuchAlgorithmException bug) {
            throw new IllegalStateException("a description cannot be digested", bug);
        }
    }
}
