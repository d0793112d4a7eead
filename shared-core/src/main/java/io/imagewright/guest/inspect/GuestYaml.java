package io.imagewright.guest.inspect;

import java.io.IOException;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.imagewright.guest.Bytes;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a guest's YAML: no tags, no expansion of aliases, no deep nesting. */
final class GuestYaml {

    private static final int MAX_DEPTH = 50;

    private static final ObjectMapper MAPPER = mapper();

    private GuestYaml() {}

    private static ObjectMapper mapper() {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(1);
        return new ObjectMapper(YAMLFactory.builder()
                .loaderOptions(options)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build())
                .build());
    }

    /** The first document of a file; missing, after a warning, when it is none. */
    static JsonNode parse(String file, Bytes content, Consumer<String> warnings) {
        try {
            return MAPPER.readTree(content.display());
        } catch (IOException | YAMLException failure) {
            String reason = String.valueOf(failure.getMessage());
            warnings.accept("Ignoring " + file + " of the guest, which is no YAML: "
                    + Findings.clean(reason.lines().findFirst().orElse(""), Findings.NAME_LIMIT));
            return MissingNode.getInstance();
        }
    }
}
