package io.imagewright.maven;

import java.util.List;

import io.imagewright.FinishedImage;
import io.imagewright.ImageBuildRequest;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Holds finished images against their manifests and checksum files, and fails where they differ.
 *
 * @since 0.1.0
 */
@Mojo(name = "verify", defaultPhase = LifecyclePhase.VERIFY, requiresProject = false, threadSafe = true)
public final class VerifyMojo extends AbstractImageMojo {

    @Override
    void execute(ImageBuildRequest request, boolean named, ProgressListener listener) {
        String name = request.description().name();
        FinishedImage image = FinishedImage.open(request.outputDirectory(), name, request.version());
        List<String> findings = image.verify(listener);
        if (!findings.isEmpty()) {
            throw ImageException.of(
                    Kind.SOURCE,
                    "Image " + name + " is not what was built",
                    String.join(" ", findings).replaceAll("\\.$", ""),
                    "Build it again with image:build.");
        }
        getLog().info("Image " + name + " is whole: " + String.join(", ", image.files()));
    }
}
