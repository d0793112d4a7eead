package io.imagewright.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.cli.CustomiseOption.Refused;
import io.imagewright.cli.CustomiseOption.Served;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Suggestion;
import io.imagewright.spec.Node;

/**
 * A file of commands of virt-customize: on each line the name of an option without its hyphens, and its value. Empty lines and those that begin
 * with {@code #} do not count; one that ends with a backslash goes on in the next one, whose indentation does not count.
 */
final class CommandsFile {

    private static final int LONGEST = 1 << 20;
    private static final String OWN = "commands-from-file";

    private CommandsFile() {}

    /** @throws ImageException DESCRIPTION when it cannot be read, or for a mistake in it, which is named by its line */
    static List<Node> actions(CustomiseText option) {
        String file = option.value();
        List<Node> actions = new ArrayList<>();
        List<String> lines = read(option, file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String place = option.place() + ": " + file + " line " + (i + 1);
            StringBuilder command = new StringBuilder(lines.get(i).strip());
            while (command.length() > 0
                    && command.charAt(0) != '#'
                    && command.charAt(command.length() - 1) == '\\'
                    && i + 1 < lines.size()) {
                command.setLength(command.length() - 1);
                command.append(lines.get(++i).strip());
            }
            if (command.length() > 0 && command.charAt(0) != '#') {
                actions.addAll(command(place, command.toString()));
            }
        }
        return actions;
    }

    private static List<Node> command(String place, String line) {
        String[] words = line.split("\\s+", 2);
        CustomiseText text = new CustomiseText(place, words.length == 1 ? "" : words[1]);
        CustomiseOption option = CustomiseTable.command(words[0])
                .filter(known -> !words[0].equals(OWN))
                .orElseThrow(() -> text.bad(
                        "unknown command",
                        Suggestion.nearest(words[0], names())
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("Commands are the options of virt-customize without their hyphens.")));
        if (option instanceof Refused refused) {
            throw text.bad(refused.reason(), refused.instead());
        }
        return option instanceof Served served ? served.actions().apply(text) : List.of();
    }

    private static List<String> names() {
        return CustomiseTable.all().stream()
                .map(option -> option.name().substring(2))
                .filter(name -> !name.equals(OWN))
                .toList();
    }

    private static String read(CustomiseText option, String file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            bytes = in.readNBytes(LONGEST + 1);
        } catch (IOException failure) {
            throw ImageException.of(
                    Kind.DESCRIPTION, option.place(), "cannot read " + file + ": " + FileFailure.reason(failure), "");
        }
        if (bytes.length > LONGEST) {
            throw option.bad("the file is longer than 1 MiB", "Name a file of commands.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            throw option.bad("the file is not UTF-8 text", "Save it as UTF-8.");
        }
    }
}
