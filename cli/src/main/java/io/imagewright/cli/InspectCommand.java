package io.imagewright.cli;

import java.util.concurrent.Callable;

import io.imagewright.ImageBuild;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageInspection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imagewright inspect}. */
@Command(
        name = "inspect",
        description = "Lists what is on disks: facts, partitions, the operations that would run. Changes nothing.")
final class InspectCommand implements Callable<Integer>, Customising {

    private final CommandEnvironment surroundings;

    @Mixin
    private ImageOptions images;

    @Mixin
    private ProgressOptions progress;

    @Mixin
    private AnswerOptions answer;

    InspectCommand(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
        this.images = new ImageOptions(surroundings);
        this.progress = new ProgressOptions(surroundings);
        this.answer = new AnswerOptions(surroundings);
    }

    @Override
    public CustomiseOptions customise() {
        return images.customise();
    }

    @Override
    public Integer call() {
        for (ImageBuildRequest request : images.requests()) {
            String name = request.description().name();
            try (ProgressReporter reporter = progress.open(name)) {
                ImageInspection inspection = reporter.reportingFailure(() -> ImageBuild.inspect(request, reporter));
                progress.answer(
                        "inspect",
                        answer,
                        inspection.lines(name, surroundings.vocabulary()),
                        inspection.document(name));
            }
        }
        progress.end(answer);
        return ExitCode.DONE;
    }
}
