package io.imagewright.maven;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.imagewright.FinishedImage;
import io.imagewright.api.ImageDifference;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.apache.maven.plugin.logging.Log;

/** Where a difference goes, in which formats. */
final class DiffOutput {

    private static final List<String> KNOWN = List.of("text", "json", "html");

    private final Log log;
    private final List<String> formats;
    private final Optional<Path> file;
    private final Path directory;

    /**
     * Somewhere.
     *
     * @param formats words of {@link #formats}
     * @param file for the only one
     * @throws ImageException DESCRIPTION when there is a file for several
     */
    DiffOutput(Log log, List<String> formats, Optional<Path> file, Path directory) {
        this.log = log;
        this.formats = List.copyOf(formats);
        this.file = file;
        this.directory = directory;
        if (file.isPresent() && formats.size() > 1) {
            throw ImageException.of(
                    Kind.DESCRIPTION,
                    "image.outputFile",
                    "one file cannot hold " + String.join(" and ", formats),
                    "Name one format with image.diff.format, or leave image.outputFile out.");
        }
    }

    /**
     * The formats of a parameter, in any letter case.
     *
     * @throws ImageException DESCRIPTION when one is unknown, or there is none
     */
    static List<String> formats(String words) {
        List<String> formats = Arrays.stream(words.split(",", -1))
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
        for (String format : formats) {
            if (!KNOWN.contains(format)) {
                throw ImageException.of(
                        Kind.DESCRIPTION,
                        "image.diff.format",
                        "expected text, json or html, found '" + format + "'",
                        "");
            }
        }
        return formats;
    }

    void write(ImageDifference difference, Path before, Path after) {
        for (String format : formats) {
            switch (format) {
                case "json" -> document(difference.json(), format, before, after);
                case "html" -> document(difference.html(), format, before, after);
                default -> new ResultOutput(log, file.orElse(null)).lines(difference.text());
            }
        }
    }

    private void document(String text, String extension, Path before, Path after) {
        Path target = file.orElseGet(() -> directory.resolve(fileName(before, after, extension)));
        new ResultOutput(log, target).document(text);
        log.info("Wrote " + target);
    }

    /** {@code <old>-to-<new>.diff.<extension>}. */
    static String fileName(Path before, Path after, String extension) {
        return base(before) + "-to-" + base(after) + ".diff." + extension;
    }

    private static String base(Path image) {
        String name = String.valueOf(image.getFileName());
        int dot = name.lastIndexOf('.');
        return FinishedImage.baseName(image).orElse(dot > 0 ? name.substring(0, dot) : name);
    }
}
