package io.imagewright.maven;

import java.util.Map;

import io.imagewright.spec.DescriptionShortcuts;
import io.imagewright.spec.DescriptionTree;
import io.imagewright.spec.Origin;

/**
 * The plain parameters of the goals that stand for a key of every image: where in the tree each belongs. Given with {@code -D} they go
 * over all other layers; given in the POM, beside {@code <images>}, they go below each image of the POM.
 */
final class PropertyOverrides {

    /** What properties begin with. */
    static final String PREFIX = "image.";

    /** Parameters of operations: {@code image.param.<name>}. */
    static final String PARAM_PREFIX = PREFIX + DescriptionShortcuts.PARAM_PREFIX;

    private PropertyOverrides() {}

    /** The layer of the properties that a user gave on the command line. */
    static DescriptionTree ofProperties(Map<String, String> properties) {
        DescriptionTree layer = DescriptionTree.empty(Origin.of("command line"));
        for (Map.Entry<String, String> property : properties.entrySet()) {
            if (property.getKey().startsWith(PREFIX)) {
                String shortcut = property.getKey().substring(PREFIX.length());
                layer = over(layer, "-D" + property.getKey(), shortcut, property.getValue());
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
            layer = over(layer, "pom.xml <" + parameter.getKey() + ">", parameter.getKey(), parameter.getValue());
        }
        return layer;
    }

    private static DescriptionTree over(DescriptionTree layer, String place, String shortcut, String value) {
        return DescriptionShortcuts.layer(place, shortcut, value)
                .map(upper -> upper.over(layer))
                .orElse(layer);
    }
}
