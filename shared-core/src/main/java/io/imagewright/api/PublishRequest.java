package io.imagewright.api;

import java.nio.file.Path;
import java.util.List;

import io.imagewright.spec.ImageDescription.PublishTarget;

/**
 * Where a finished image is to be published.
 *
 * @param targets of the image's description
 * @param baseDirectory relative paths of the targets start here
 * @param chosen ids of the targets to publish to; all when empty
 * @param force whether other files of the same version are replaced instead of refused
 * @param dryRun whether it is only found out what would be done
 */
public record PublishRequest(
        List<PublishTarget> targets, Path baseDirectory, List<String> chosen, boolean force, boolean dryRun) {

    /** Copies the lists. */
    public PublishRequest {
        targets = List.copyOf(targets);
        chosen = List.copyOf(chosen);
    }
}
