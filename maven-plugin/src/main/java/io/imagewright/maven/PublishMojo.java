package io.imagewright.maven;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

import io.imagewright.FinishedImage;
import io.imagewright.ImagePublish;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.PublishReport;
import io.imagewright.api.PublishRequest;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Suggestion;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription.PublishTarget;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Publishes finished images to the targets that their descriptions name under <code>publish</code>. Builds nothing. What a target has already is not
 * sent again; other files of a version that it has are refused, unless <code>image.force</code> is set.
 *
 * @since 0.1.0
 */
@Mojo(name = "publish", defaultPhase = LifecyclePhase.DEPLOY, requiresProject = false, threadSafe = true)
public final class PublishMojo extends AbstractImageMojo {

    /**
     * Ids of the targets to publish to, separated by commas. Without it, all that the descriptions name.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.publish")
    private @Nullable String publish;

    /**
     * Whether it is only listed what would be sent and removed. Nothing is changed then.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.dryRun", defaultValue = "false")
    private boolean dryRun;

    @Override
    void check(Collection<ImageBuildRequest> requests) {
        TreeSet<String> known = new TreeSet<>();
        requests.forEach(request -> request.description().publish().forEach(target -> known.add(target.id())));
        for (String id : words(publish)) {
            if (!known.contains(id)) {
                throw ImageException.of(
                        Kind.DESCRIPTION,
                        "image.publish",
                        "no image has the target " + id,
                        Suggestion.nearest(id, known)
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("The targets are " + String.join(", ", known) + "."));
            }
        }
    }

    @Override
    void execute(ImageBuildRequest request, boolean named, ProgressListener listener) {
        List<String> chosen = words(publish);
        List<PublishTarget> targets = request.description().publish().stream()
                .filter(target -> chosen.isEmpty() || chosen.contains(target.id()))
                .toList();
        if (targets.isEmpty()) {
            getLog().info("Image " + request.description().name() + " has no target"
                    + (chosen.isEmpty() ? " (publish)" : " that image.publish names"));
            return;
        }
        FinishedImage image = FinishedImage.open(
                request.outputDirectory(), request.description().name(), request.version());
        PublishRequest publishing =
                new PublishRequest(targets, request.baseDirectory(), List.of(), request.force(), dryRun);
        for (PublishReport report : ImagePublish.publish(image, publishing, listener)) {
            report.lines().forEach(getLog()::info);
        }
    }
}
