package io.imagewright.jenkins;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;

/** A command of the command line, on an agent. */
final class AgentCommand {

    private AgentCommand() {}

    /**
     * Runs it to its end, and tells of it while it runs.
     *
     * @param java the program, as the agent finds it
     * @param jar where the command line is on the agent
     * @return what came of it, a message for each image
     * @throws AbortException with the command line's own words, when it fails
     * @throws InterruptedException when the build is aborted; nothing runs any more then
     */
    static List<JsonNode> run(
            AgentProcess process, String java, String jar, List<String> arguments, Secrets secrets, ProgressLog log)
            throws IOException, InterruptedException {
        int exitCode;
        try (LineStream lines = new LineStream(log::line)) {
            exitCode = process.run(
                    List.of(java, "-jar", jar, "from-stdin"),
                    new ByteArrayInputStream(CommandInput.of(arguments, secrets)),
                    lines);
        }
        if (exitCode != 0) {
            String why = log.failure();
            throw new AbortException(
                    why.isEmpty() ? "Imagewright ended with exit code " + exitCode + " and without a word." : why);
        }
        return log.results();
    }
}
