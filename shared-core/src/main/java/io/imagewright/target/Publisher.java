package io.imagewright.target;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.imagewright.progress.Steps;
import org.jspecify.annotations.Nullable;

/**
 * A store of finished images: versions by the names of their images. A version is there as a whole or not at all, whatever ends the program; what such an
 * end leaves is removed by the next run. Used by one thread; several programs may work on one store.
 *
 * <p>All methods throw {@link io.imagewright.error.ImageException}: SOURCE when the image, or what is in the store, is not what it should be; CANCELLED when
 * the thread is interrupted. They throw an {@link IOException} when the store fails.
 */
public interface Publisher {

    /** Where it is, for people. Holds no secret. */
    String location();

    /**
     * Finds out what {@link #publish} would do. Changes nothing.
     *
     * @param force whether other files of the same version are replaced instead of refused
     */
    Publication plan(PublishImage image, boolean force) throws IOException;

    /**
     * Sends the image, makes it the latest version, and removes the versions that the store's rule does not keep. Digests of what arrived are verified. When
     * the store has the same files already, nothing is sent.
     *
     * @param force whether other files of the same version are replaced instead of refused
     */
    Publication publish(PublishImage image, boolean force, Steps.Running step) throws IOException;

    /**
     * Gets an image, and verifies the digests that were recorded when it was published.
     *
     * @param version null for the latest
     * @param directory an empty one for its files; where the method fails, it holds a part of them
     */
    FetchedImage fetch(String name, @Nullable String version, Path directory, Steps.Running step) throws IOException;

    /** The versions of this image, the one that was published last first. */
    List<String> versions(String name) throws IOException;

    /** The versions of this image that {@link #prune} would remove, the oldest first. Changes nothing. */
    List<String> prunable(String name) throws IOException;

    /** Removes the versions of this image that the store's rule does not keep; never the latest, and never what this program did not publish. */
    List<String> prune(String name) throws IOException;
}
