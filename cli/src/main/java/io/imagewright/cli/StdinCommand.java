package io.imagewright.cli;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import picocli.CommandLine.Command;

/**
 * {@code imagewright from-stdin}: for programs that start this one through others, which take a dollar sign or a quote of an argument for
 * their own, and show arguments to everybody.
 */
@Command(
        name = "from-stdin",
        description =
                "Runs the command whose arguments are read from standard input: one JSON object, {\"arguments\": [...]}, with what"
                        + " --secrets-stdin reads. \"names\" maps settings and commands to what messages call them.")
final class StdinCommand implements Callable<Integer> {

    private final CommandEnvironment surroundings;

    StdinCommand(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    private static Vocabulary vocabulary(JsonNode given) {
        Map<String, String> names = new LinkedHashMap<>();
        given.properties()
                .forEach(name -> names.put(name.getKey(), name.getValue().asText()));
        return names.isEmpty() ? OptionNames.INSTANCE : new FrontEndNames(names);
    }

    @Override
    public Integer call() {
        JsonNode given = StandardInput.read(surroundings, "from-stdin");
        List<String> arguments = new ArrayList<>();
        given.path("arguments").forEach(argument -> arguments.add(argument.asText()));
        if (arguments.isEmpty() || arguments.get(0).equals("from-stdin")) {
            throw ImageException.of(Kind.DESCRIPTION, "from-stdin", "standard input names no command", "");
        }
        CommandEnvironment inner = new CommandEnvironment(
                new ByteArrayInputStream(given.toString().getBytes(StandardCharsets.UTF_8)),
                surroundings.out(),
                surroundings.err(),
                surroundings.environment(),
                surroundings.watched(),
                vocabulary(given.path("names")));
        return Imagewright.commandLine(inner).execute(arguments.toArray(String[]::new));
    }
}
