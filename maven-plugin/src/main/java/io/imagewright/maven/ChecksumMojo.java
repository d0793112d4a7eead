package io.imagewright.maven;

import io.imagewright.FinishedImage;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Writes the checksum files of finished images again, for the digests that the description names, and records them in the manifests. The
 * images themselves must be those that the manifests speak of. A manifest that was signed is another one then: it is signed again with
 * <code>image.sign</code>, else its signature goes.
 *
 * @since 0.1.0
 */
@Mojo(name = "checksum", requiresProject = false, threadSafe = true)
public final class ChecksumMojo extends SigningMojo {

    @Override
    void execute(ImageBuildRequest request, boolean named, ProgressListener listener) {
        FinishedImage image = FinishedImage.open(
                request.outputDirectory(), request.description().name(), request.version());
        image.checksum(request.description().checksums(), key(), listener);
        getLog().info("Image " + request.description().name() + ": "
                + String.join(", ", request.description().checksums()) + " of " + String.join(", ", image.files()));
    }
}
