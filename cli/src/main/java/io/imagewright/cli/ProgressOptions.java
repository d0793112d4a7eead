package io.imagewright.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.error.ImageException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reports its progress. */
final class ProgressOptions {

    /** Words for {@code --progress}. */
    enum Form {
        human,
        json,
        none
    }

    private final CommandEnvironment surroundings;

    @Option(
            names = "--progress",
            paramLabel = "FORM",
            defaultValue = "human",
            description =
                    "human: lines, or a bar on a terminal, on standard error; json: all on standard output as JSON objects, one a line, the last"
                            + " of them of type image-result; none: nothing. Without it: ${DEFAULT-VALUE}.")
    private Form form = Form.human;

    @Option(
            names = {"-s", "--silent"},
            description = "As --progress none: only errors and answers.")
    private boolean silent;

    @Option(
            names = {"-v", "--verbose"},
            description = "Prints each program that is run, its exit code and time, on standard error, too.")
    private boolean verbose;

    @Option(names = "--add-timestamp", description = "Puts the seconds since the start before each line of progress.")
    private boolean addTimestamp;

    @Option(names = "--syslog", description = "Sends the lines of progress to syslog, too, through logger(1).")
    private boolean syslog;

    @Option(
            names = "--progress-monitor",
            paramLabel = "PROGRAM",
            description =
                    "Program that is started for each image and receives the progress on its standard input, as snf-image's PROGRESS_MONITOR.")
    private @Nullable String monitor;

    ProgressOptions(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    /** Whether only errors and answers are wanted. */
    boolean isSilent() {
        return silent || form == Form.none;
    }

    /** Starts to report the work on an image. */
    ProgressReporter open(String image) {
        return ProgressReporter.start(
                new ProgressReporter.Style(silent ? Form.none : form, verbose, addTimestamp, syslog, monitor),
                image,
                surroundings);
    }

    /** Checks all images before the work; a monitor hears of mistakes, as of the first image. */
    void check(List<ImageBuildRequest> requests, Consumer<List<ImageBuildRequest>> check) {
        try {
            check.accept(requests);
        } catch (ImageException mistakes) {
            try (ProgressReporter reporter = open(requests.get(0).description().name())) {
                reporter.reportingFailure(() -> {
                    throw mistakes;
                });
            }
        }
    }

    /** Prints the answer about an image. */
    void answer(String command, AnswerOptions answer, List<String> text, Map<String, Object> document) {
        if (form == Form.json) {
            answers().print(command, String.valueOf(document.get("name")), List.of(), document);
            answer.keep(text, document);
        } else {
            answer.print(text, document);
        }
    }

    /** Ends the answers. */
    void end(AnswerOptions answer) {
        if (form == Form.json) {
            answer.endInFile();
        } else {
            answer.end();
        }
    }

    /** Answers of a command, which are not progress. */
    Answers answers() {
        return new Answers(form == Form.json, surroundings.out());
    }
}
