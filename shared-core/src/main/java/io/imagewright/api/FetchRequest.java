package io.imagewright.api;

import java.nio.file.Path;
import java.util.List;

import io.imagewright.spec.ImageDescription.PublishTarget;
import org.jspecify.annotations.Nullable;

/**
 * Which published image is to be fetched, and where to.
 *
 * @param targets of the image's description
 * @param baseDirectory relative paths of the targets start here
 * @param target id of the target to fetch from; null when there is one only
 * @param name of the image
 * @param version of the image; null for the one that was published last
 * @param outputDirectory for its files; made when missing
 */
public record FetchRequest(
        List<PublishTarget> targets,
        Path baseDirectory,
        @Nullable String target,
        String name,
        @Nullable String version,
        Path outputDirectory) {

    /** Copies the list. */
    public FetchRequest {
        targets = List.copyOf(targets);
    }
}
