package io.imagewright.customise;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What builds write beside what users copy into a guest, and what is never meant: the output directory, or the images in it when it is copied itself, and
 * work directories.
 *
 * @param output directory of the finished images; empty when there is none
 * @param images how names of files of images begin that are in it
 */
record OwnFiles(Path output, List<String> images) {

    /** No build writes anywhere. */
    static final OwnFiles NONE = new OwnFiles(Path.of(""), List.of());

    private static final String WORK = ".imagewright-";
    private static final String MANIFEST = ".image-manifest.json";
    private static final String RECORD = ".build.json";

    /** Copies the list. */
    OwnFiles {
        images = List.copyOf(images);
    }

    /** Of builds that write to this directory, which need not be there. */
    static OwnFiles of(Path directory) {
        List<String> images = new ArrayList<>();
        try (DirectoryStream<Path> manifests = Files.newDirectoryStream(directory, "*" + MANIFEST)) {
            for (Path manifest : manifests) {
                String name = String.valueOf(manifest.getFileName());
                images.add(name.substring(0, name.length() - MANIFEST.length()));
            }
            return new OwnFiles(directory.toRealPath(), images);
        } catch (IOException | java.nio.file.DirectoryIteratorException nothingThere) {
            return NONE;
        }
    }

    /**
     * Whether a build wrote it.
     *
     * @param top real path of what is copied
     * @param file below it
     */
    boolean have(Path top, Path file) {
        for (Path part : top.relativize(file)) {
            if (part.toString().startsWith(WORK)) {
                return true;
            }
        }
        if (equals(NONE) || !file.startsWith(output)) {
            return false;
        }
        if (!top.startsWith(output)) {
            return true;
        }
        String name = String.valueOf(file.getFileName());
        return output.equals(file.getParent())
                && (name.endsWith(RECORD)
                        || images.stream()
                                .anyMatch(image -> name.startsWith(image + ".") || name.startsWith(image + "-")));
    }
}
