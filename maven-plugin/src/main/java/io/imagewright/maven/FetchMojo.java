package io.imagewright.maven;

import io.imagewright.FinishedImage;
import io.imagewright.ImagePublish;
import io.imagewright.api.FetchRequest;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Fetches published images from a target of their descriptions into the output directory, and verifies what arrives. Files of the same names are
 * replaced.
 *
 * @since 0.1.0
 */
@Mojo(name = "fetch", requiresProject = false, threadSafe = true)
public final class FetchMojo extends AbstractImageMojo {

    /**
     * Id of the target to fetch from; needed where the description has several.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.fetchFrom")
    private @Nullable String fetchFrom;

    /**
     * Version of the image. Without it, the one that was published last.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.fetchVersion")
    private @Nullable String fetchVersion;

    @Override
    void execute(ImageBuildRequest request, boolean named, ProgressListener listener) {
        FinishedImage image = ImagePublish.fetch(
                new FetchRequest(
                        request.description().publish(),
                        request.baseDirectory(),
                        fetchFrom,
                        request.description().name(),
                        fetchVersion,
                        request.outputDirectory()),
                listener);
        getLog().info("Image " + image.name() + " " + image.document().get("version") + " in "
                + request.outputDirectory() + ": " + String.join(", ", image.files()));
    }
}
