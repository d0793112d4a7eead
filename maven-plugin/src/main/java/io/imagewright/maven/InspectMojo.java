package io.imagewright.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.ImageBuild;
import io.imagewright.ImageBuildRequest;
import io.imagewright.ImageInspection;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.progress.ProgressListener;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is on the source disks: facts, partitions, the operations that would run, and their parameters. Changes nothing. With
 * <code>-q -Dimage.output=json</code> the standard output holds the JSON alone: an object for one image, an array for several.
 *
 * @since 0.1.0
 */
@Mojo(name = "inspect", requiresProject = false, threadSafe = true)
public final class InspectMojo extends AbstractImageMojo {

    /**
     * <code>text</code> or <code>json</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.output", defaultValue = "text")
    private String output;

    /**
     * File for the result, instead of log or standard output.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.outputFile")
    private @Nullable File outputFile;

    private final Map<String, ImageInspection> inspections = new LinkedHashMap<>();

    @Override
    void execute(ImageBuildRequest request, boolean several, ProgressListener listener) {
        if (!output.equals("text") && !output.equals("json")) {
            throw ImageException.of(
                    Kind.DESCRIPTION, "image.output", "expected text or json, found '" + output + "'", "");
        }
        inspections.put(request.description().name(), ImageBuild.inspect(request, listener));
    }

    @Override
    void finish() {
        ResultOutput result = new ResultOutput(getLog(), outputFile == null ? null : outputFile.toPath());
        if (output.equals("json")) {
            result.document(InspectionJson.of(inspections));
        } else {
            List<String> lines = new ArrayList<>();
            inspections.forEach((name, inspection) -> lines.addAll(InspectionText.of(name, inspection)));
            result.lines(lines);
        }
    }
}
