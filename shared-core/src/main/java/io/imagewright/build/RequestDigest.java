package io.imagewright.build;

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
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.customise.Customise;
import io.imagewright.job.GuestJob;
import io.imagewright.sysprep.ParameterFiles;

/**
 * SHA-256 of everything that is asked for, the files that actions take from this machine among it: the same for the same wishes, however they
 * were spelled.
 */
public final class RequestDigest {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private RequestDigest() {}

    /**
     * Computes it. To be called before the guest job, but for conversions, which depend on no file: one that changes meanwhile then leaves an
     * image that is not up to date.
     *
     * @throws io.imagewright.error.ImageException DESCRIPTION when such a file is missing
     */
    public static String of(CheckedRequest checked, GuestJob.Purpose purpose) {
        ImageBuildRequest request = checked.request();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] json = MAPPER.writeValueAsString(Map.of(
                            "purpose", purpose,
                            "description", request.description().withoutTargets(),
                            "version", request.version(),
                            "classifier", request.defaultClassifier(),
                            "timestamp",
                                    Optional.ofNullable(request.timestamp())
                                            .map(String::valueOf)
                                            .orElse("")))
                    .getBytes(StandardCharsets.UTF_8);
            digest.update(json);
            // a conversion runs no operation
            if (purpose != GuestJob.Purpose.CONVERT) {
                Customise.of(request.description().customise(), request.baseDirectory())
                        .without(request.outputDirectory())
                        .digest(digest);
                ParameterFiles.digest(checked.parameters(), digest);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (JsonProcessingException | NoSuchAlgorithmException bug) {
            throw new IllegalStateException("a description cannot be digested", bug);
        }
    }
}
