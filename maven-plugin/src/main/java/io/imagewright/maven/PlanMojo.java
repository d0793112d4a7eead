package io.imagewright.maven;

import java.util.Collection;

import io.imagewright.ImageBuild;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImagePlan;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Lists what <code>image:build</code> would do, with each change to the guest; nothing is written. With <code>-q
 * -Dimage.output=json</code> the standard output holds the JSON alone: an object for one image, an array for several.
 *
 * @since 0.1.0
 */
@Mojo(name = "plan", requiresProject = false, threadSafe = true)
public final class PlanMojo extends AnswerMojo {

    @Override
    void check(Collection<ImageBuildRequest> requests) {
        ImageBuild.check(requests);
    }

    @Override
    void execute(ImageBuildRequest request, boolean named, ProgressListener listener) {
        String name = request.description().name();
        ImagePlan plan = ImageBuild.plan(request, listener);
        answer(plan.lines(name), plan.document(name));
    }
}
