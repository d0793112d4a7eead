package io.imagewright.maven;

import io.imagewright.FinishedImage;
import io.imagewright.ImageBuildRequest;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Writes the checksum files of finished images anew, for the digests that the description names, and takes them up in the manifests. The
 * images themselves must be those that the manifests speak of.
 *
 * @since 0.1.0
 */
@Mojo(name = "checksum", requiresProject = false, threadSafe = true)
public final class ChecksumMojo extends AbstractImageMojo {

    @Override
    void execute(ImageBuildRequest request, boolean named, ProgressListener listener) {
        FinishedImage image = FinishedImage.open(
                request.outputDirectory(), request.description().name(), request.version());
        image.checksum(request.description().checksums(), listener);
        getLog().info("Image " + request.description().name() + ": "
                + String.join(", ", request.description().checksums()) + " of " + String.join(", ", image.files()));
    }
}
