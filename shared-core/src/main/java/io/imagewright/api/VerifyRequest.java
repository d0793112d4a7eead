package io.imagewright.api;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * What {@code FinishedImage.verify} is asked to look at, beside checksums and formats.
 *
 * @param workDirectory parent of the work directory; null to take the writable one with most free space
 * @param trust whose signatures count
 * @param boot how the image is started, once all else is well; null to start nothing
 */
public record VerifyRequest(
        @Nullable Path workDirectory, Trust trust, @Nullable BootSettings boot) {

    /** Only files. */
    public static final VerifyRequest FILES = new VerifyRequest(null, Trust.ANY, null);
}
