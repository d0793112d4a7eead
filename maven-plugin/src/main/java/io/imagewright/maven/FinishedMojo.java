package io.imagewright.maven;

import java.util.List;
import javax.inject.Inject;

import io.imagewright.FinishedImage;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.plugins.annotations.Parameter;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** What the goals share that work on finished images: those of the project, or those of a repository. */
abstract class FinishedMojo extends AbstractImageMojo {

    /**
     * Images of a repository to work on instead of the project's own, separated by commas:
     * <code>groupId:artifactId:version[:extension[:classifier]]</code>. Without an extension, all files of the image; an image whose name is part of
     * its classifier needs both. The files are resolved as dependencies are, and linked in <code>resolved/</code> of the output directory.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.artifact")
    private @Nullable String artifact;

    @Inject
    private RepositorySystem repositories;

    /** Work of the goal on one finished image. */
    abstract void execute(FinishedImage image, ProgressListener listener);

    @Override
    final void execute(ImageBuildRequest request, boolean named, ProgressListener listener) {
        execute(open(request), listener);
    }

    static FinishedImage open(ImageBuildRequest request) {
        return FinishedImage.open(
                request.outputDirectory(), request.description().name(), request.version());
    }

    @Override
    final void work() {
        List<String> coordinates = words(artifact);
        if (coordinates.isEmpty()) {
            super.work();
            return;
        }
        checkProperties(session().getUserProperties().stringPropertyNames());
        RepositoryImages images = RepositoryImages.of(
                repositories, session(), project(), results().resolve("resolved"));
        for (String image : coordinates) {
            withProgress(image, progress -> execute(images.open(image).image(), progress));
        }
    }
}
