package io.imagewright.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.api.JsonText;
import io.imagewright.api.WholeFile;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the answer of a command that only reports something goes, and how it is spelled. */
final class AnswerOptions {

    /** Words for {@code --output}. */
    enum Spelling {
        text,
        json
    }

    private final CommandEnvironment surroundings;

    @Option(
            names = "--output",
            paramLabel = "SPELLING",
            defaultValue = "text",
            description = "text, or json: an object for one image, an array for several.")
    private Spelling output = Spelling.text;

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "File for the answer instead of standard output.")
    private @Nullable Path file;

    private final StringBuilder texts = new StringBuilder();
    private final List<Map<String, Object>> documents = new ArrayList<>();

    AnswerOptions(CommandEnvironment surroundings) {
        this.surroundings = surroundings;
    }

    /** The answer about an image: text at once, for whatever comes after it. */
    void print(List<String> text, Map<String, Object> document) {
        keep(text, document);
        if (output == Spelling.text && file == null) {
            text.forEach(surroundings.out()::println);
        }
    }

    /** The same for a file alone: standard output has something else to say. */
    void keep(List<String> text, Map<String, Object> document) {
        documents.add(document);
        text.forEach(line -> texts.append(line).append('\n'));
    }

    /** Ends the answer. */
    void end() {
        if (file != null) {
            endInFile();
        } else if (output == Spelling.json) {
            surroundings.out().print(answer());
            surroundings.out().flush();
        }
    }

    /** Only to the file, where there is one. */
    void endInFile() {
        if (file != null) {
            write(file.toAbsolutePath(), answer());
        }
    }

    private String answer() {
        return output == Spelling.json
                ? JsonText.pretty(documents.size() == 1 ? documents.get(0) : documents)
                : texts.toString();
    }

    static void write(Path file, String text) {
        try {
            WholeFile.write(file, text);
        } catch (IOException failure) {
            throw ImageException.of(
                    Kind.ENVIRONMENT, "Cannot write " + file, failure.toString(), "Choose another file.");
        }
    }
}
