package io.imagewright.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.imagewright.FinishedImage;
import io.imagewright.ImagePublish;
import io.imagewright.api.FetchRequest;
import io.imagewright.spec.ImageDescription;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imagewright fetch}. */
@Command(
        name = "fetch",
        description =
                "Fetches a published image from a target of its description, and verifies what arrives. Files of the same names are replaced.")
final class FetchCommand implements Callable<Integer> {

    @Mixin
    private TargetOptions targets;

    @Option(
            names = "--target",
            paramLabel = "ID",
            description = "Target to fetch from; needed where the description has several.")
    private @Nullable String target;

    @Option(
            names = "--image-version",
            paramLabel = "VERSION",
            description = "Version of the image; without it, the one that was published last.")
    private @Nullable String version;

    @Option(
            names = {"-d", "--output-directory"},
            paramLabel = "DIR",
            description = "Directory for the files of the image; without it, this one.")
    private Path directory = Path.of("");

    @Mixin
    private ProgressOptions progress;

    FetchCommand(CommandEnvironment surroundings) {
        this.targets = new TargetOptions(surroundings);
        this.progress = new ProgressOptions(surroundings);
    }

    @Override
    public Integer call() {
        ImageDescription description = targets.read();
        FetchRequest request = new FetchRequest(
                description.publish(),
                Path.of("").toAbsolutePath(),
                target,
                description.name(),
                version,
                directory.toAbsolutePath().normalize());
        try (ProgressReporter reporter = progress.open(description.name())) {
            FinishedImage image = reporter.reportingFailure(() -> ImagePublish.fetch(request, reporter));
            progress.answers()
                    .print(
                            "fetch",
                            image.name(),
                            List.of("Image " + image.name() + " "
                                    + image.document().get("version") + " in " + request.outputDirectory() + ": "
                                    + String.join(", ", image.files())),
                            Map.of(
                                    "version", image.document().getOrDefault("version", ""),
                                    "directory", request.outputDirectory().toString(),
                                    "files", image.files()));
        }
        return ExitCode.DONE;
    }
}
