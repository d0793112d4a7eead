package io.imagewright.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/** A goal that changes nothing and reports something about each image, as text or JSON. */
abstract class AnswerMojo extends AbstractImageMojo {

    /**
     * <code>text</code> or <code>json</code>.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.output", defaultValue = "text")
    private String output;

    /**
     * File for the result, instead of log or standard output.
     *
     * @since 0.1.0
     */
    @Parameter(property = "image.outputFile")
    private @Nullable File outputFile;

    private final List<String> text = new ArrayList<>();
    private final List<Map<String, Object>> documents = new ArrayList<>();

    /** What there is to say of one image, both for people and for programs. */
    final void answer(List<String> lines, Map<String, Object> document) {
        text.addAll(lines);
        documents.add(document);
    }

    @Override
    void begin() {
        OutputKind.of(output);
    }

    @Override
    final void finish() {
        new ResultOutput(getLog(), outputFile == null ? null : outputFile.toPath())
                .answer(OutputKind.of(output), text, documents);
    }
}
