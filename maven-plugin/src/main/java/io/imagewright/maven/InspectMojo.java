package io.imagewright.maven;

import io.imagewright.ImageBuild;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageInspection;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Lists what is on the source disks: facts, partitions, the operations that would run, and their parameters. Changes nothing. With
 * <code>-q -Dimage.output=json</code> the standard output holds the JSON alone: an object for one image, an array for several.
 *
 * @since 0.1.0
 */
@Mojo(name = "inspect", requiresProject = false, threadSafe = true)
public final class InspectMojo extends AnswerMojo {

    @Override
    void execute(ImageBuildRequest request, boolean named, ProgressListener listener) {
        String name = request.description().name();
        ImageInspection inspection = ImageBuild.inspect(request, listener);
        answer(inspection.lines(name, MavenWording.INSTANCE), inspection.document(name));
    }
}
