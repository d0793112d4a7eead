package io.imagewright.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.imagewright.FinishedImage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imagewright report}. */
@Command(
        name = "report",
        description = "Writes the page that shows a finished image to people: one HTML file that needs nothing else.")
final class ReportCommand implements Callable<Integer> {

    private final CommandEnvironment surroundings;

    @Mixin
    private FinishedOptions finished;

    @Option(
            names = {"-d", "--output-directory"},
            paramLabel = "DIR",
            description = "Directory for the pages; without it, this one.")
    private @Nullable Path directory;

    ReportCommand(CommandEnvironment surroundings) {
        this.finished = new FinishedOptions(surroundings);
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Path target = directory == null ? Path.of("") : directory;
        for (FinishedImage image : finished.images()) {
            surroundings.out().println(image.report(target.toAbsolutePath()));
        }
        return ExitCode.DONE;
    }
}
