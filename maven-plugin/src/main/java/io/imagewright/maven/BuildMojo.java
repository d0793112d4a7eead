package io.imagewright.maven;

import javax.inject.Inject;

import io.imagewright.ImageBuild;
import io.imagewright.ImageBuildRequest;
import io.imagewright.ImageBuildResult;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProjectHelper;

/**
 * Builds clean, small, checksummed images from operating-system disks, and attaches them to the project. Works without a project too:
 * <code>mvn io.imagewright:image-maven-plugin:build -Dimage.source=disk.qcow2</code>.
 *
 * @since 0.1.0
 */
@Mojo(name = "build", defaultPhase = LifecyclePhase.PACKAGE, requiresProject = false, threadSafe = true)
public final class BuildMojo extends AbstractImageMojo {

    private final MavenProjectHelper helper;

    /**
     * Whether images, sidecars and manifests become artifacts of the project. Switch it off for files too big for a repository.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.attach", defaultValue = "true")
    private boolean attach;

    /** Made by Maven. */
    @Inject
    public BuildMojo(MavenProjectHelper helper) {
        this.helper = helper;
    }

    @Override
    void execute(ImageBuildRequest request, boolean several, ProgressListener listener) {
        ImageBuildResult result = ImageBuild.run(request, listener);
        if (result.isUpToDate()) {
            getLog().info("Image " + result.name() + " is up to date");
        } else {
            BuildSummary.of(result).forEach(getLog()::info);
        }
        if (attach) {
            new Attachments(project(), helper).attach(result, several);
        } else {
            getLog().info("Not attaching image " + result.name() + ", as image.attach is false");
        }
    }
}
