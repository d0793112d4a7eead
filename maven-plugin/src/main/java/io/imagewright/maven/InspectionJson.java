package io.imagewright.maven;

import java.util.List;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.ImageInspection;
import io.imagewright.guest.Facts;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;

/** An inspection as JSON for programs. Keys and their order are fixed; sizes are bytes. */
final class InspectionJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private InspectionJson() {}

    static ObjectNode of(String name, ImageInspection inspection) {
        Facts facts = inspection.facts();
        ObjectNode image = NODES.objectNode();
        image.put("name", name);
        image.put("size", inspection.size());
        image.put("partitionTable", inspection.partitionTable());
        image.put("osFamily", facts.osFamily());
        image.put("distribution", facts.distribution());
        image.put("product", facts.product());
        image.put("version", facts.version());
        ArrayNode volumes = image.putArray("volumes");
        facts.volumes().forEach(volume -> volume(volumes, volume));
        ArrayNode mounts = image.putArray("mounts");
        facts.mounts().forEach(mount -> mount(mounts, mount));
        ObjectNode properties = image.putObject("properties");
        new TreeMap<>(facts.properties()).forEach(properties::put);
        texts(image.putArray("warnings"), inspection.warnings());
        ArrayNode operations = image.putArray("operations");
        for (ImageInspection.OperationInfo operation : inspection.operations()) {
            ObjectNode node = operations.addObject();
            node.put("name", operation.name());
            texts(node.putArray("aliases"), operation.aliases());
            node.put("description", operation.description());
            node.put("enabled", operation.enabled());
            node.put("applies", operation.applies());
        }
        ArrayNode parameters = image.putArray("parameters");
        for (ImageInspection.ParameterInfo parameter : inspection.parameters()) {
            ObjectNode node = parameters.addObject();
            node.put("name", parameter.name());
            node.put("description", parameter.description());
            node.put("type", parameter.type());
            node.put("default", parameter.defaultValue());
            node.put("value", parameter.value());
        }
        return image;
    }

    private static void volume(ArrayNode volumes, Volume volume) {
        ObjectNode node = volumes.addObject();
        node.put("partition", volume.partition());
        node.put("type", volume.type());
        node.put("uuid", volume.uuid());
        node.put("label", volume.label());
        node.put("partUuid", volume.partUuid());
        node.put("partLabel", volume.partLabel());
        node.put("offset", volume.offset());
        node.put("length", volume.length());
    }

    private static void mount(ArrayNode mounts, Mount mount) {
        ObjectNode node = mounts.addObject();
        node.put("point", mount.point().toString());
        node.put("partition", mount.partition());
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
