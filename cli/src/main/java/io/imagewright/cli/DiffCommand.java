package io.imagewright.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.imagewright.ImageComparison;
import io.imagewright.api.ImageDifference;
import io.imagewright.spec.ImageDescription.EngineChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imagewright diff}. */
@Command(
        name = "diff",
        description =
                "Lists what changed from one image to another: packages, files, facts, properties. Changes nothing.")
final class DiffCommand implements Callable<Integer> {

    /** Words for {@code --output}. */
    enum Spelling {
        text,
        json,
        html
    }

    private static final String IMAGE = "A disk image file, or the *.image-manifest.json of a finished image.";

    private final CommandEnvironment surroundings;

    @Parameters(index = "0", paramLabel = "OLD", description = IMAGE)
    private Path before;

    @Parameters(index = "1", paramLabel = "NEW", description = IMAGE)
    private Path after;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "auto",
            description = "What looks at the guests: auto, direct or libguestfs.")
    private EngineChoice engine = EngineChoice.AUTO;

    @Option(names = "--output", paramLabel = "SPELLING", defaultValue = "text", description = "text, json or html.")
    private Spelling output = Spelling.text;

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "File for the answer instead of standard output.")
    private @Nullable Path file;

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private SecretOptions secrets;

    @Mixin
    private ProgressOptions progress;

    DiffCommand(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
        this.before = Path.of("");
        this.after = Path.of("");
        this.secrets = new SecretOptions(surroundings);
        this.progress = new ProgressOptions(surroundings);
    }

    @Override
    public Integer call() {
        ImageComparison.Request request = new ImageComparison.Request(
                before.toAbsolutePath(),
                after.toAbsolutePath(),
                engine,
                work.workParent(),
                work.worker(secrets.read()));
        try (ProgressReporter reporter = progress.open("diff")) {
            ImageDifference difference = reporter.reportingFailure(() -> ImageComparison.run(request, reporter));
            String answer = switch (output) {
                case text -> String.join("\n", difference.text()) + "\n";
                case json -> difference.json();
                case html -> difference.html();
            };
            if (file != null) {
                AnswerOptions.write(file.toAbsolutePath(), answer);
            } else if (!progress.answers().asMessages()) {
                surroundings.out().print(answer);
                surroundings.out().flush();
            }
            if (progress.answers().asMessages()) {
                progress.answers().print("diff", "diff", List.of(), difference.document());
            }
        }
        return ExitCode.DONE;
    }
}
