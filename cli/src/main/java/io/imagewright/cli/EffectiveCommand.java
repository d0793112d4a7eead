package io.imagewright.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.JsonText;
import io.imagewright.spec.DescriptionWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imagewright effective}. */
@Command(
        name = "effective",
        description =
                "Prints the effective image descriptions, after files and options are merged and defaults are filled in.")
final class EffectiveCommand implements Callable<Integer>, Customising {

    @Mixin
    private ImageOptions images;

    @Mixin
    private AnswerOptions answer;

    EffectiveCommand(CommandEnvironment surroundings) {
        this.images = new ImageOptions(surroundings);
        this.answer = new AnswerOptions(surroundings);
    }

    @Override
    public CustomiseOptions customise() {
        return images.customise();
    }

    @Override
    public Integer call() {
        for (ImageBuildRequest request : images.requests()) {
            List<String> lines = new ArrayList<>(List.of("---"));
            DescriptionWriter.yaml(request.description()).lines().forEach(lines::add);
            answer.print(lines, JsonText.map(DescriptionWriter.tree(request.description())));
        }
        answer.end();
        return ExitCode.DONE;
    }
}
