package io.imagewright.jenkins;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import hudson.AbortException;
import hudson.model.AbstractBuild;
import org.jspecify.annotations.Nullable;

/**
 * Reads what users wrote into a step. Variables are expanded in freestyle jobs only, as a pipeline has its own.
 *
 * @param expansion of variables
 */
record Fields(UnaryOperator<String> expansion) {

    /** The directory of images in a workspace when nobody names one. */
    static final String OUTPUT_DIRECTORY = "image";

    static Fields of(BuildContext context) {
        boolean freestyle = context.run() instanceof AbstractBuild;
        return new Fields(freestyle ? text -> context.environment().expand(text) : text -> text);
    }

    /** Null for what says nothing. */
    @Nullable
    String expand(@Nullable String text) {
        String given = FormTexts.orNull(text);
        return given == null ? null : FormTexts.orNull(expansion.apply(given));
    }

    /** Words with commas, blanks or lines between them. */
    @Nullable
    String list(@Nullable String text) {
        String given = expand(text);
        return given == null
                ? null
                : Arrays.stream(given.split("[,\\s]+", -1))
                        .filter(word -> !word.isEmpty())
                        .collect(Collectors.joining(","));
    }

    /** Texts with commas or lines between them; blanks are part of them. */
    List<String> items(@Nullable String text) {
        String given = expand(text);
        return given == null
                ? List.of()
                : Arrays.stream(given.split("[,\\n\\r]+", -1))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList();
    }

    /**
     * Lines {@code KEY=VALUE}; variables are expanded in each value, which stays one.
     *
     * @throws AbortException when a line is none
     */
    Map<String, String> keyValues(@Nullable String text, String field) throws AbortException {
        Optional<String> bad = KeyValues.firstBad(text);
        if (bad.isPresent()) {
            throw new AbortException("Imagewright: " + field + ": a line KEY=VALUE is expected, found: " + bad.get());
        }
        Map<String, String> values = new LinkedHashMap<>();
        KeyValues.read(text)
                .forEach((key, value) -> values.put(key, expansion.apply(value).replaceAll("\\R", " ")));
        return values;
    }

    String required(@Nullable String text, String field) throws AbortException {
        String given = expand(text);
        if (given == null) {
            throw new AbortException("Imagewright: " + field + " is not set.");
        }
        return given;
    }

    /** The one of both that says what to work on. */
    String fileOrSource(@Nullable String file, @Nullable String source) throws AbortException {
        String description = expand(file);
        String disk = expand(source);
        if ((description == null) == (disk == null)) {
            throw new AbortException(
                    "Imagewright: set either file, an image description in the workspace, or source, a disk image file"
                            + (description == null ? "." : ", not both."));
        }
        return description == null ? required(disk, "source") : description;
    }

    String outputDirectory(@Nullable String directory) {
        String given = expand(directory);
        return given == null ? OUTPUT_DIRECTORY : given;
    }
}
