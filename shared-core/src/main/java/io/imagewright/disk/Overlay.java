package io.imagewright.disk;

import java.nio.file.Path;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.exec.Exec;

/** What a machine writes while it runs on an image that must stay as it is. */
public final class Overlay {

    private Overlay() {}

    /**
     * Makes an empty qcow2 file and lays it over the image, which is opened for reading alone.
     *
     * @param overlay the file; holds all that is written, and names nothing
     * @param node how the machine's devices name the disk
     * @return the block graph for qemu's {@code -blockdev}, as its QAPI type BlockdevOptions has it in JSON
     */
    public static String over(SourceImage image, Path overlay, String node, Exec exec) {
        Path file = overlay.toAbsolutePath();
        new QemuImg(exec).create(file, image.virtualSize());
        ImageNode below = image instanceof ContainerSource container
                ? container.image()
                : ImageNode.single(image.path(), ImageFormats.RAW);
        ObjectNode graph = JsonNodeFactory.instance.objectNode();
        graph.put("node-name", node).put("driver", ImageFormats.QCOW2).put("discard", "unmap");
        ObjectNode changes = graph.putObject("file");
        changes.setAll(ImageNode.protocol(file));
        // nobody wants it after a crash of this machine
        changes.putObject("cache").put("no-flush", true);
        graph.set("backing", readOnly(below.options()));
        return graph.toString();
    }

    private static ObjectNode readOnly(ObjectNode options) {
        options.put("read-only", true);
        if (!ImageFormats.canRefer(options.path("driver").asText())) {
            options.remove("backing"); // even its absence is more than qemu takes here
        }
        for (String below : new String[] {"file", "data-file", "backing"}) {
            if (options.get(below) instanceof ObjectNode node) {
                readOnly(node);
            }
        }
        return options;
    }
}
