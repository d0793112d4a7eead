package io.imagewright.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.imagewright.FinishedImage;
import io.imagewright.ImagePublish;
import io.imagewright.api.PublishReport;
import io.imagewright.api.PublishRequest;
import io.imagewright.spec.ImageDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imagewright publish}. */
@Command(
        name = "publish",
        description =
                "Publishes finished images to the targets of a description. What a target has already is not sent again; other files of a"
                        + " version that it has are refused without --force.")
final class PublishCommand implements Callable<Integer> {

    @Mixin
    private FinishedOptions finished;

    @Mixin
    private TargetOptions targets;

    @Option(
            names = "--target",
            paramLabel = "ID",
            split = ",",
            description = "Targets to publish to; without it, all of the description.")
    private List<String> chosen = new ArrayList<>();

    @Option(names = "--dry-run", description = "Lists what would be sent and removed, and changes nothing.")
    private boolean dryRun;

    @Option(
            names = {"-f", "--force"},
            description = "Replaces a version that a target has with other files.")
    private boolean force;

    @Mixin
    private ProgressOptions progress;

    PublishCommand(CommandEnvironment surroundings) {
        this.finished = new FinishedOptions(surroundings);
        this.targets = new TargetOptions(surroundings);
        this.progress = new ProgressOptions(surroundings);
    }

    @Override
    public Integer call() {
        ImageDescription description = targets.read();
        List<FinishedImage> images = finished.images();
        PublishRequest request =
                new PublishRequest(description.publish(), Path.of("").toAbsolutePath(), chosen, force, dryRun);
        for (FinishedImage image : images) {
            try (ProgressReporter reporter = progress.open(image.name())) {
                List<PublishReport> reports =
                        reporter.reportingFailure(() -> ImagePublish.publish(image, request, reporter));
                for (PublishReport report : reports) {
                    progress.answers().print("publish", image.name(), report.lines(), report.document());
                }
            }
        }
        return ExitCode.DONE;
    }
}
