package io.imagewright.maven;

import java.util.ArrayList;
import java.util.List;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.JsonText;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.DescriptionWriter;
import io.imagewright.spec.ImageDescription;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Prints the effective image descriptions, after files, POM and command line are merged and defaults are filled in, as a description
 * file would spell them.
 *
 * @since 0.1.0
 */
@Mojo(name = "effective", requiresProject = false, threadSafe = true)
public final class EffectiveMojo extends AnswerMojo {

    @Override
    void execute(ImageBuildRequest request, boolean named, ProgressListener listener) {
        ImageDescription image = request.description();
        List<String> lines = new ArrayList<>(List.of("---"));
        DescriptionWriter.yaml(image).lines().forEach(lines::add);
        answer(lines, JsonText.map(DescriptionWriter.tree(image)));
    }
}
