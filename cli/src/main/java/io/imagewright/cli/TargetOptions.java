package io.imagewright.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.imagewright.spec.DescriptionReader;
import io.imagewright.spec.ImageDescription;
import picocli.CommandLine.Option;

/** Which description has the targets of a command. */
final class TargetOptions {

    private final CommandEnvironment surroundings;

    @Option(
            names = "--description",
            paramLabel = "FILE",
            required = true,
            description = "The image description whose targets (publish) are used.")
    private Path description = Path.of("");

    @Option(
            names = {"-D", "--define"},
            paramLabel = "NAME=VALUE",
            description =
                    "Defines a property that the description refers to as $${NAME}; may be given several times. $${env.NAME} is a variable of"
                            + " the environment.")
    private Map<String, String> defined = new LinkedHashMap<>();

    TargetOptions(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    /** Checked completely. */
    ImageDescription read() {
        return DescriptionReader.read(
                        description,
                        description.toString(),
                        new CommandLineProperties(defined, surroundings.environment()))
                .describe();
    }
}
