package io.imagewright.jenkins;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.AbortException;
import hudson.FilePath;
import io.imagewright.api.Credentials;

/** Runs commands in a build. */
final class ImageCommand {

    private ImageCommand() {}

    /** What came of it, a message for each image. */
    static List<JsonNode> run(BuildContext context, Arguments arguments, Credentials secrets)
            throws IOException, InterruptedException {
        if (!context.launcher().isUnix()) {
            throw new AbortException("Imagewright needs an agent that runs Linux; choose one by its label.");
        }
        return AgentConnection.of(context).during(() -> start(context, arguments, secrets));
    }

    private static List<JsonNode> start(BuildContext context, Arguments arguments, Credentials secrets)
            throws IOException, InterruptedException {
        ImagewrightConfiguration configuration = ImagewrightConfiguration.get();
        int limitMinutes = TimeLimit.of(configuration.getTimeLimitMinutes());
        arguments.option("--progress", "json");
        FilePath workspace = context.workspace();
        workspace.mkdirs();
        String jar = CommandLineJar.place(workspace).getRemote();
        String configured = configuration.getJavaHome();
        String java = configured.isEmpty() ? workspace.act(new AgentFiles.JavaHome()) : configured;
        FilePath input = AgentFiles.temporary(workspace).child("imagewright-" + UUID.randomUUID() + ".json");
        try {
            input.act(new AgentFiles.PrivateFile(CommandInput.of(arguments, secrets)));
            return AgentCommand.run(
                    new LaunchedProcess(context, limitMinutes),
                    ShellLine.of(java, configured.isEmpty(), jar, input.getRemote()),
                    new ProgressLog(context.listener().getLogger(), WarningNote::mark, System::nanoTime));
        } finally {
            delete(input, context);
        }
    }

    /** Without a failure of its own: what came before is how the build ends. Of a lost agent nothing is left to say. */
    private static void delete(FilePath input, BuildContext context) throws InterruptedException {
        try {
            input.delete();
        } catch (IOException | RuntimeException unreachable) {
            if (AgentConnection.isLost(unreachable)) {
                return;
            }
            context.listener()
                    .getLogger()
                    .println("Imagewright: cannot delete the file of its arguments on the agent: "
                            + unreachable.getMessage());
        }
    }
}
