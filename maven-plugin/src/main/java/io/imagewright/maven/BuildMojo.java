package io.imagewright.maven;

import java.nio.file.Path;
import java.util.Collection;
import javax.inject.Inject;

import io.imagewright.ImageBuild;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.artifact.handler.manager.ArtifactHandlerManager;
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
public final class BuildMojo extends SigningMojo {

    private final MavenProjectHelper helper;
    private final ArtifactHandlerManager handlers;

    /**
     * Whether images, sidecars, bills of materials and manifests become artifacts of the project. Switch it off for files too big for a repository: of a
     * project of packaging <code>disk-image</code> install and deploy take the POM alone then.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.attach", defaultValue = "true")
    private boolean attach;

    /** Made by Maven. */
    @Inject
    public BuildMojo(MavenProjectHelper helper, ArtifactHandlerManager handlers) {
        this.helper = helper;
        this.handlers = handlers;
    }

    @Override
    void skip(String property) {
        super.skip(property);
        if (main().isImage() && main().file().isEmpty()) {
            main().leaveOut(property + " is set", getLog());
        }
    }

    @Override
    void check(Collection<ImageBuildRequest> requests) {
        ImageBuild.check(requests);
        if (attach) {
            attachments().requireFree(requests);
        }
    }

    @Override
    void execute(ImageBuildRequest request, boolean named, ProgressListener listener) {
        ImageBuildResult result =
                ImageBuild.run(request.toBuilder().signing(key()).build(), listener);
        result.lines().forEach(log(result.name())::info);
        if (attach && project().getFile() != null) {
            Attachments attachments = attachments();
            Path directory = attachedFiles(request.outputDirectory()).resolve(result.name());
            attachments.attach(
                    ImageBuild.renamed(result, attachments.names(result, named, directory), directory, key(), listener),
                    named);
        } else if (!attach) {
            getLog().info("Not attaching image " + result.name() + ", as image.attach is false");
        }
    }

    @Override
    void finish() {
        if (!main().isImage() || main().file().isPresent()) {
            return;
        }
        if (attach) {
            main().leaveOut("image.filter leaves out the project's first image", getLog());
        } else {
            main().becomePom();
        }
    }

    /** Not in the output directory, where there are images and what describes them alone. */
    private static Path attachedFiles(Path outputDirectory) {
        return outputDirectory.resolveSibling(outputDirectory.getFileName() + "-attached");
    }

    private Attachments attachments() {
        return new Attachments(project(), helper, main());
    }

    private MainArtifact main() {
        return new MainArtifact(project(), handlers);
    }
}
