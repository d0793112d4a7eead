package io.imagewright.jenkins;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.EnvVars;

/** Runs commands in a build. */
final class ImageCommand {

    private ImageCommand() {}

    /** What came of it, a message for each image. */
    static List<JsonNode> run(BuildContext context, Arguments arguments, Secrets secrets)
            throws IOException, InterruptedException {
        ImagewrightConfiguration configuration = ImagewrightConfiguration.get();
        arguments.option("--progress", "json");
        ProgressLog log = new ProgressLog(context.listener().getLogger(), WarningNote::mark, System::nanoTime);
        AgentProcess process = new LaunchedProcess(
                context.launcher(), context.workspace(), context.environment(), configuration.getTimeLimitMinutes());
        context.workspace().mkdirs();
        return AgentCommand.run(
                process,
                java(configuration.getJavaHome(), context.environment()),
                CommandLineJar.place(context.workspace()).getRemote(),
                arguments.list(),
                secrets,
                log);
    }

    /** The configured one, else that of the build's environment, else what the agent's path has. */
    static String java(String configured, EnvVars environment) {
        String home = configured.isBlank() ? environment.getOrDefault("JAVA_HOME", "") : configured;
        return home.isBlank() ? "java" : home.strip() + "/bin/java";
    }
}
