package io.imagewright.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The description beside the images of a Parallels disk (qemu's docs/interop/prl-xml.txt). An image's own header has no room for a parent: it is
 * found where the image still lies in its bundle.
 */
final class ParallelsDescriptor {

    private static final String NAME = "DiskDescriptor.xml";
    private static final String NONE = "{00000000-0000-0000-0000-000000000000}";

    private ParallelsDescriptor() {}

    static Optional<String> parent(SparseFile image, Path path) throws IOException {
        Path descriptor = path.resolveSibling(NAME);
        if (!Files.isRegularFile(descriptor)) {
            return Optional.empty();
        }
        XmlElement root;
        try (InputStream in = Files.newInputStream(descriptor)) {
            root = XmlElement.read(in);
        } catch (IOException malformed) {
            throw QemuImg.damaged(descriptor, String.valueOf(malformed.getMessage()));
        }
        List<XmlElement> images = root.all("Image").toList();
        return images.stream()
                .filter(entry -> fileName(entry.child("File")).equals(String.valueOf(path.getFileName())))
                .findFirst()
                .flatMap(entry -> parentId(root, entry.child("GUID")))
                .map(id -> images.stream()
                        .filter(entry -> entry.child("GUID").equalsIgnoreCase(id))
                        .findFirst()
                        .map(entry -> entry.child("File"))
                        .orElse("the image with the id " + id));
    }

    private static Optional<String> parentId(XmlElement root, String id) {
        return root.all("Shot")
                .filter(shot -> shot.child("GUID").equalsIgnoreCase(id))
                .map(shot -> shot.child("ParentGUID").toLowerCase(Locale.ROOT))
                .filter(parent -> !parent.isEmpty() && !parent.equals(NONE))
                .findFirst();
    }

    private static String fileName(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
