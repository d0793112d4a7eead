package io.imagewright.maven;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Suggestion;
import io.imagewright.spec.Node;
import io.imagewright.spec.Origin;
import io.imagewright.spec.Schema;
import io.imagewright.spec.Setting;
import io.imagewright.spec.ValueType;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Turns the XML below {@code <images>} into the description's neutral tree. XML does not distinguish a list from a map, so the schema
 * guides; whatever the schema does not know is left in the tree for its check to refuse.
 */
final class PomTree {

    private static final Origin POM = Origin.of("pom.xml");

    private PomTree() {}

    /** One tree for each {@code <image>}. */
    static List<Node> images(PlexusConfiguration images) {
        return items(images, new ValueType.ListOf(Schema.IMAGE, "image", false, null), "images");
    }

    private static Node node(PlexusConfiguration xml, @Nullable ValueType type, String path) {
        if (type instanceof ValueType.Either either) {
            return node(xml, xml.getChildCount() == 0 ? either.word() : either.section(), path);
        }
        if (type instanceof ValueType.Choice choice) {
            return node(xml, choice.of(), path);
        }
        if (type instanceof ValueType.ListOf list && xml.getChildCount() > 0) {
            return new Node.Sequence(items(xml, list, path), POM);
        }
        if (xml.getChildCount() == 0) {
            String value = xml.getValue("");
            boolean asIs = "preserve".equals(xml.getAttribute("xml:space", ""));
            return new Node.Scalar(value == null ? "" : asIs ? value : value.strip(), POM);
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        for (PlexusConfiguration child : xml.getChildren()) {
            String name = child.getName();
            String at = path + "." + name;
            ValueType childType = type instanceof ValueType.Section section
                    ? section.key(name).map(Setting::type).orElse(null)
                    : null;
            if (entries.put(name, node(child, childType, at)) != null) {
                throw mistake(at, "given twice", "Remove one of the two.");
            }
        }
        return new Node.Mapping(entries, POM);
    }

    private static List<Node> items(PlexusConfiguration xml, ValueType.ListOf type, String path) {
        List<Node> items = new ArrayList<>();
        for (PlexusConfiguration child : xml.getChildren()) {
            String at = path + "[" + items.size() + "]";
            if (!child.getName().equals(type.element())) {
                throw mistake(
                        path + "." + child.getName(),
                        "unknown element",
                        Suggestion.nearest(child.getName(), List.of(type.element()))
                                        .map(near -> "Did you mean " + near + "? ")
                                        .orElse("")
                                + "Known here: " + type.element() + ".");
            }
            items.add(node(child, type.item(), at));
        }
        return items;
    }

    private static ImageException mistake(String path, String reason, String next) {
        return ImageException.of(Kind.DESCRIPTION, POM + ": " + path, reason, next);
    }
}
