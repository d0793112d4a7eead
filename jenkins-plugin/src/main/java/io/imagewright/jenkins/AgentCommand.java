package io.imagewright.jenkins;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;

/** A command of the command line, on an agent. */
final class AgentCommand {

    private AgentCommand() {}

    /**
     * Runs it to its end, and reports its progress.
     *
     * @param argv starts the command line with its input
     * @return what came of it, a message for each image
     * @throws AbortException with the command line's own words, when it fails
     * @throws InterruptedException when the build is aborted; nothing runs any more then
     */
    static List<JsonNode> run(AgentProcess process, List<String> argv, ProgressLog log)
            throws IOException, InterruptedException {
        int exitCode;
        // two streams, whose lines must not mix
        try (LineStream lines = new LineStream(log::line);
                LineStream errors = new LineStream(log::line)) {
            exitCode = process.run(argv, lines, errors);
        }
        if (exitCode != 0) {
            String reason = log.failure();
            throw new AbortException(
                    reason.isEmpty()
                            ? "Imagewright ended with exit code " + exitCode + " and without a word."
                            : reason);
        }
        if (log.results().isEmpty()) {
            throw new AbortException("Imagewright ended without a result. Look at the log above.");
        }
        return log.results();
    }
}
