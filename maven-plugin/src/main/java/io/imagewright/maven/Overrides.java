package io.imagewright.maven;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.spec.DescriptionTree;
import io.imagewright.spec.Node;
import io.imagewright.spec.Origin;
import org.jspecify.annotations.Nullable;

/**
 * The plain parameters of the goals that stand for a key of every image: where in the tree each belongs. Given with {@code -D} they go
 * over all other layers; given in the POM, beside {@code <images>}, they go below each image of the POM.
 */
final class Overrides {

    /** What properties begin with. */
    static final String PREFIX = "image.";

    /** Parameters of operations: {@code image.param.<name>}. */
    static final String PARAM_PREFIX = PREFIX + "param.";

    private static final Map<String, List<String>> PATHS = Map.ofEntries(
            Map.entry("name", List.of("name")),
            Map.entry("source", List.of("source", "media")),
            Map.entry("sourceFormat", List.of("source", "format")),
            Map.entry("disks", List.of("source", "disks")),
            Map.entry("engine", List.of("engine")),
            Map.entry("enable", List.of("sysprep", "enable")),
            Map.entry("disable", List.of("sysprep", "disable")),
            Map.entry("shrink", List.of("shrink")),
            Map.entry("size", List.of("size")),
            Map.entry("repair", List.of("repair")),
            Map.entry("allowUnsupported", List.of("allowUnsupported")),
            Map.entry("sbom", List.of("sbom")),
            Map.entry("formats", List.of("formats")),
            Map.entry("checksums", List.of("checksums")));

    private Overrides() {}

    /** The layer of the properties that a user gave on the command line. */
    static DescriptionTree ofProperties(Map<String, String> properties) {
        DescriptionTree layer = DescriptionTree.empty(Origin.of("command line"));
        for (Map.Entry<String, String> property : properties.entrySet()) {
            List<String> path = path(property.getKey());
            if (path != null) {
                layer = value("-D" + property.getKey(), path, property.getValue())
                        .over(layer);
            }
        }
        return layer;
    }

    /**
     * The layer of the parameters that the POM sets for every image.
     *
     * @param parameters by name, without those that a property of the command line set
     */
    static DescriptionTree ofPom(Map<String, String> parameters) {
        DescriptionTree layer = DescriptionTree.empty(Origin.of("pom.xml"));
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            List<String> path = path(PREFIX + parameter.getKey());
            if (path != null) {
                layer = value("pom.xml <" + parameter.getKey() + ">", path, parameter.getValue())
                        .over(layer);
            }
        }
        return layer;
    }

    private static @Nullable List<String> path(String property) {
        if (property.startsWith(PARAM_PREFIX)) {
            return List.of("sysprep", "params", property.substring(PARAM_PREFIX.length()));
        }
        return property.startsWith(PREFIX) ? PATHS.get(property.substring(PREFIX.length())) : null;
    }

    private static DescriptionTree value(String place, List<String> path, String value) {
        Origin origin = Origin.of(place);
        Node node = new Node.Scalar(value.strip(), origin);
        for (int i = path.size() - 1; i >= 0; i--) {
            Map<String, Node> entries = new LinkedHashMap<>();
            entries.put(path.get(i), node);
            node = new Node.Mapping(entries, origin);
        }
        return DescriptionTree.of(node, "");
    }
}
