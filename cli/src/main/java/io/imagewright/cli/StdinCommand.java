package io.imagewright.cli;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.imagewright.error.CommandName;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.SettingName;
import io.imagewright.spec.Schema;
import picocli.CommandLine.Command;

/**
 * {@code imagewright from-stdin}: for programs that start this one through others, which take a dollar sign or a quote of an argument for
 * their own, and show arguments to everybody.
 */
@Command(
        name = "from-stdin",
        description =
                "Runs the command whose arguments are read from standard input: one JSON object, {\"arguments\": [...]}, with what"
                        + " --secrets-stdin reads. \"names\" maps settings, by their paths in a description, and commands to what"
                        + " messages call them.")
final class StdinCommand implements Callable<Integer> {

    private final CommandEnvironment surroundings;

    StdinCommand(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    private static Vocabulary vocabulary(JsonNode given) {
        Map<String, String> names = new LinkedHashMap<>();
        given.properties()
                .forEach(name -> names.put(known(name.getKey()), name.getValue().asText()));
        return names.isEmpty() ? OptionNames.INSTANCE : new FrontEndNames(names);
    }

    private static String known(String key) {
        boolean isKnown = Schema.at(key).isPresent()
                || SettingName.OF_RUN.stream()
                        .anyMatch(setting -> setting.path().equals(key))
                || Arrays.stream(CommandName.values())
                        .anyMatch(command -> command.word().equals(key));
        if (isKnown) {
            return key;
        }
        throw ImageException.of(
                Kind.DESCRIPTION,
                "from-stdin",
                "names has the unknown key " + (key.matches("[A-Za-z0-9_.-]{1,100}") ? key : "of other characters"),
                OptionNames.setting(key)
                        .map(setting -> "Use " + setting.path() + ".")
                        .orElseGet(() -> "Use the path of a key of the description, such as source.media, a command ("
                                + Arrays.stream(CommandName.values())
                                        .map(CommandName::word)
                                        .collect(Collectors.joining(", "))
                                + "), or a setting of a run ("
                                + SettingName.OF_RUN.stream()
                                        .map(SettingName::path)
                                        .collect(Collectors.joining(", "))
                                + ")."));
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
