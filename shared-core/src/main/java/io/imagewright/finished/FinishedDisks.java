package io.imagewright.finished;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.error.ImageException;
import io.imagewright.format.OutputFormats;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.spec.ImageDescription;

/** Finds among the files of a finished image the disks that can be looked at again. */
public final class FinishedDisks {

    private FinishedDisks() {}

    /**
     * The disks in the first format of the image that can be read and is there.
     *
     * @throws ImageException SOURCE when there is none
     */
    public static ImageDescription.Source of(StoredImage image) {
        List<ArtifactEntry> artifacts = image.manifest().artifacts();
        ArtifactEntry first = artifacts.stream()
                .filter(artifact -> artifact.holdsFirstDisk() && isReadable(image, artifact))
                .findFirst()
                .orElseThrow(() -> ImageException.of(
                        ImageException.Kind.SOURCE,
                        "Cannot look into the image " + image.manifest().name() + " "
                                + image.manifest().version(),
                        "none of its files beside the manifest is a disk in a format that can be read: "
                                + String.join(", ", image.files()),
                        "Build or download it in one of the formats " + String.join(", ", OutputFormats.readable())
                                + "."));
        SortedMap<Integer, ImageDescription.Disk> others = new TreeMap<>();
        artifacts.stream()
                .filter(artifact ->
                        !artifact.holdsFirstDisk() && artifact.format().equals(first.format()))
                .filter(artifact -> isReadable(image, artifact))
                .forEach(artifact -> others.putIfAbsent(
                        Objects.requireNonNull(artifact.disk(), "the first disk has no number"),
                        new ImageDescription.Disk(
                                path(image, artifact), readAs(artifact).orElseThrow())));
        return new ImageDescription.Source(
                path(image, first), readAs(first).orElseThrow(), List.copyOf(others.values()));
    }

    private static boolean isReadable(StoredImage image, ArtifactEntry artifact) {
        return readAs(artifact).isPresent() && Files.isRegularFile(Path.of(path(image, artifact)));
    }

    private static Optional<String> readAs(ArtifactEntry artifact) {
        return OutputFormats.readAs(artifact.format());
    }

    private static String path(StoredImage image, ArtifactEntry artifact) {
        return image.file(artifact).toString();
    }
}
