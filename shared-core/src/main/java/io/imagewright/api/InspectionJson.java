package io.imagewright.api;

import java.util.List;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.Facts;

/** An inspection as JSON for programs. Keys and their order are fixed; sizes are bytes. */
final class InspectionJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private InspectionJson() {}

    static ObjectNode of(String name, ImageInspection inspection) {
        Facts facts = inspection.facts();
        ObjectNode image = NODES.objectNode();
        image.put("name", name);
        image.put("size", inspection.disks().get(0).size());
        image.put("partitionTable", inspection.disks().get(0).partitionTable());
        boolean several = inspection.disks().size() > 1;
        if (several) {
            disks(image.putArray("disks"), inspection.disks());
        }
        image.put("osFamily", facts.osFamily());
        image.put("distribution", facts.distribution());
        image.put("product", facts.product());
        image.put("version", facts.version());
        ArrayNode volumes = image.putArray("volumes");
        facts.volumes().forEach(volume -> volume(volumes, volume, several));
        ArrayNode mounts = image.putArray("mounts");
        facts.mounts().forEach(mount -> mount(mounts, mount, several));
        image.put("rootGrowth", facts.growth().by());
        ObjectNode properties = image.putObject("properties");
        new TreeMap<>(facts.properties()).forEach(properties::put);
        texts(
                image.putArray("warnings"),
                inspection.warnings().stream().map(Object::toString).toList());
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

    private static void disks(ArrayNode array, List<ImageInspection.DiskInfo> disks) {
        for (ImageInspection.DiskInfo disk : disks) {
            ObjectNode node = array.addObject();
            node.put("file", disk.file());
            node.put("format", disk.format());
            node.put("size", disk.size());
            node.put("partitionTable", disk.partitionTable());
        }
    }

    /** Of several disks each partition says its own, from 1. */
    private static void partition(ObjectNode node, int number, boolean several) {
        if (number >= Volume.FIRST_INSIDE || !several) {
            node.put("partition", number);
        } else {
            node.put("disk", Volume.disk(number) + 1);
            node.put("partition", Volume.onDisk(number));
        }
    }

    private static void volume(ArrayNode volumes, Volume volume, boolean several) {
        ObjectNode node = volumes.addObject();
        partition(node, volume.partition(), several);
        node.put("type", volume.type());
        node.put("uuid", volume.uuid());
        node.put("label", volume.label());
        node.put("partUuid", volume.partUuid());
        node.put("partLabel", volume.partLabel());
        node.put("offset", volume.offset());
        node.put("length", volume.length());
    }

    private static void mount(ArrayNode mounts, Mount mount, boolean several) {
        ObjectNode node = mounts.addObject();
        node.put("point", mount.point().toString());
        partition(node, mount.partition(), several);
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
