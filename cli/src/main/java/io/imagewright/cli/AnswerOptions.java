package io.imagewright.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.manifest.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the answer of a command that only tells something goes, and how it is spelled. */
final class AnswerOptions {

    /** Words for {@code --output}. */
    enum Spelling {
        text,
        json
    }

    private final Surroundings surroundings;

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

    AnswerOptions(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The answers about images, each as lines for people and as a document for programs. */
    void tell(List<List<String>> texts, List<Map<String, Object>> documents) {
        StringBuilder answer = new StringBuilder();
        if (output == Spelling.json) {
            answer.append(Json.pretty(documents.size() == 1 ? documents.get(0) : documents));
        } else {
            texts.forEach(lines -> lines.forEach(line -> answer.append(line).append('\n')));
        }
        if (file == null) {
            surroundings.out().print(answer);
            surroundings.out().flush();
        } else {
            write(file.toAbsolutePath(), answer.toString());
        }
    }

    /** The answer of a command about one thing. */
    void tell(List<String> text, Map<String, Object> document) {
        tell(List.of(text), new ArrayList<>(List.of(document)));
    }

    /** Whole or not at all. */
    static void write(Path file, String text) {
        try {
            Path directory = Files.createDirectories(file.resolveSibling(""));
            Path beside = Files.createTempFile(directory, ".image", ".tmp");
            try {
                Files.writeString(beside, text, StandardCharsets.UTF_8);
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException failure) {
            throw ImageException.of(
                    Kind.ENVIRONMENT, "Cannot write " + file, failure.toString(), "Choose another file.");
        }
    }
}
