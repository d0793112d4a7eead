package io.imagewright.disk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An image file and all files that it refers to, each checked. Passed to qemu-img in full, so that it opens these and nothing that a
 * header names.
 *
 * @param file real path
 * @param backing what shows through where this image holds nothing
 * @param dataFile qcow2's external data file
 * @param extents the files of a vmdk's extents, which qemu-img can only find through the descriptor
 */
record ImageNode(Path file, String format, Optional<ImageNode> backing, Optional<Path> dataFile, List<Path> extents) {

    static ImageNode single(Path file, String format) {
        return new ImageNode(file, format, Optional.empty(), Optional.empty(), List.of());
    }

    /** This image and those below it. */
    List<ImageNode> chain() {
        List<ImageNode> chain = new ArrayList<>(List.of(this));
        backing.ifPresent(node -> chain.addAll(node.chain()));
        return chain;
    }

    /** All files, this one first. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        files.add(file);
        dataFile.ifPresent(files::add);
        files.addAll(extents);
        backing.ifPresent(node -> files.addAll(node.files()));
        return files.stream().distinct().toList();
    }

    /** The block graph with all that shows through, as qemu's QAPI type BlockdevOptions has it. */
    ObjectNode options() {
        ObjectNode options = ownOptions();
        backing.ifPresent(node -> options.set("backing", node.options()));
        return options;
    }

    /** The same without backing files, of which qemu-img info and check take none. */
    ObjectNode ownOptions() {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("driver", format);
        options.set("file", protocol(file));
        dataFile.ifPresent(data -> options.set("data-file", protocol(data)));
        options.putNull("backing");
        return options;
    }

    /** With an explicit driver a name like {@code nbd:...} is just a name. */
    static ObjectNode protocol(Path file) {
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("driver", Files.isRegularFile(file) ? "file" : "host_device");
        options.put("filename", file.toString());
        return options;
    }
}
