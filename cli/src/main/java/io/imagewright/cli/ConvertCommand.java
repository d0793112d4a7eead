package io.imagewright.cli;

import java.util.List;
import java.util.concurrent.Callable;

import io.imagewright.ImageBuild;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imagewright convert}. */
@Command(
        name = "convert",
        description =
                "Writes disks in other formats as they are: no operation runs, nothing is shrunk, and what is deleted on them stays in the image.")
final class ConvertCommand implements Callable<Integer> {

    @Mixin
    private ImageOptions images;

    @Mixin
    private ProgressOptions progress;

    ConvertCommand(CommandEnvironment surroundings) {
        this.images = new ImageOptions(surroundings);
        this.progress = new ProgressOptions(surroundings);
    }

    @Override
    public Integer call() {
        List<ImageBuildRequest> requests = images.requests();
        progress.check(requests, ImageBuild::checkConversions);
        for (ImageBuildRequest request : requests) {
            String name = request.description().name();
            try (ProgressReporter reporter = progress.open(name)) {
                ImageBuildResult result = reporter.reportingFailure(() -> ImageBuild.convert(request, reporter));
                progress.answers()
                        .print(
                                "convert",
                                name,
                                progress.isSilent() ? result.files() : result.lines(),
                                BuiltImage.document(result));
            }
        }
        return ExitCode.DONE;
    }
}
