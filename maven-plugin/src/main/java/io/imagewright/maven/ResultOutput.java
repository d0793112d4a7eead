package io.imagewright.maven;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.api.JsonText;
import io.imagewright.api.WholeFile;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** Where the answer of a goal that reports something goes: a file, the log, or standard output. */
final class ResultOutput {

    private final Log log;
    private final @Nullable Path file;

    ResultOutput(Log log, @Nullable Path file) {
        this.log = log;
        this.file = file;
    }

    /** An answer about images: as text, or as an object for one image and an array for several. */
    void answer(OutputKind kind, List<String> text, List<Map<String, Object>> documents) {
        if (kind == OutputKind.TEXT) {
            lines(text);
        } else {
            document(JsonText.pretty(documents.size() == 1 ? documents.get(0) : documents));
        }
    }

    /** Text for people: to the file, else to the log. */
    void lines(List<String> lines) {
        if (file == null) {
            lines.forEach(log::info);
        } else {
            write(file, String.join("\n", lines) + "\n");
        }
    }

    /** Text for programs: to the file, else to standard output. */
    void document(String text) {
        if (file != null) {
            write(file, text);
        } else if (log.isInfoEnabled()) {
            System.out.print(text);
            System.out.flush();
        } else {
            standardOutput(text);
        }
    }

    /**
     * Past System.out, which Maven 4 turns into log lines, and so swallows when it runs with {@code -q}. The stream stays open: closing
     * it would close standard output for all of Maven.
     */
    private static void standardOutput(String text) {
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw ImageException.of(Kind.ENVIRONMENT, "Cannot write to standard output", e.toString(), "");
        }
    }

    private static void write(Path file, String text) {
        try {
            WholeFile.write(file, text);
        } catch (IOException e) {
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot write " + file,
                    e.toString(),
                    "Choose another file with image.outputFile.");
        }
    }
}
