package io.imagewright.cli;

import java.util.List;
import java.util.concurrent.Callable;

import io.imagewright.ImageBuild;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImagePlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imagewright plan}. */
@Command(name = "plan", description = "Lists what build would do, with each change to the guest. Writes nothing.")
final class PlanCommand implements Callable<Integer>, Customising {

    @Mixin
    private ImageOptions images;

    @Mixin
    private ProgressOptions progress;

    @Mixin
    private AnswerOptions answer;

    PlanCommand(CommandEnvironment surroundings) {
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
        List<ImageBuildRequest> requests = images.requests();
        progress.check(requests, ImageBuild::check);
        for (ImageBuildRequest request : requests) {
            String name = request.description().name();
            try (ProgressReporter reporter = progress.open(name)) {
                ImagePlan plan = reporter.reportingFailure(() -> ImageBuild.plan(request, reporter));
                progress.answer("plan", answer, plan.lines(name), plan.document(name));
            }
        }
        progress.end(answer);
        return ExitCode.DONE;
    }
}
