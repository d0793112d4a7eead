package io.imagewright.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** JSON as Imagewright writes it: UTF-8, not escaped beyond need, the same bytes on each system. Thread-safe. */
public final class Json {

    private static final int DEEPEST = 32;
    private static final int LONGEST_STRING = 1 << 20;

    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(LONGEST_STRING)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // what is missing counts as null, which is refused but where a component says otherwise
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
            .build();

    /** Takes what the other one refuses: what is missing is null. */
    private static final ObjectMapper ANYTHING = new JsonMapper();

    private static final Separators SEPARATORS = Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Spacing.AFTER)
            .withObjectEntrySpacing(Spacing.NONE)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("")
            .withRootSeparator("");

    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");

    private static final DefaultPrettyPrinter PRETTY =
            new DefaultPrettyPrinter(SEPARATORS).withObjectIndenter(INDENT).withArrayIndenter(INDENT);

    private static final DefaultPrettyPrinter ONE_LINE = new DefaultPrettyPrinter(
                    SEPARATORS.withObjectEntrySpacing(Spacing.AFTER).withArrayValueSpacing(Spacing.AFTER))
            .withObjectIndenter(DefaultPrettyPrinter.NopIndenter.instance)
            .withArrayIndenter(DefaultPrettyPrinter.NopIndenter.instance);

    private Json() {}

    /**
     * Reads a file that anybody may have written.
     *
     * @param largest bytes
     * @param bad makes the error of why it cannot be read
     */
    static JsonNode read(Path file, int largest, Function<String, ImageException> bad) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(largest + 1);
        }
        if (bytes.length > largest) {
            throw bad.apply("it is larger than " + (largest >> 20) + " MiB");
        }
        try {
            return MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw bad.apply(e.getOriginalMessage());
        }
    }

    /** A text that anybody may have written. */
    static JsonNode parse(String text, int largest, Function<String, ImageException> bad) {
        if (text.length() > largest) {
            throw bad.apply("it is larger than " + (largest >> 20) + " MiB");
        }
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw bad.apply(e.getOriginalMessage());
        }
    }

    /** What was read as a record; unknown fields are ignored. */
    static <T> T as(Class<T> type, JsonNode tree, Function<String, ImageException> bad) {
        if (!tree.isObject()) {
            throw bad.apply("it is no JSON object");
        }
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw bad.apply(e.getOriginalMessage());
        }
    }

    /**
     * Reads a file that anybody may have written as a record; unknown fields are ignored.
     *
     * @param largest bytes
     * @param bad makes the error of why it cannot be read
     */
    public static <T> T record(Class<T> type, Path file, int largest, Function<String, ImageException> bad)
            throws IOException {
        return as(type, read(file, largest, bad), bad);
    }

    /** Indented, for people, with a newline at the end. */
    public static String pretty(Object value) {
        return string(value, PRETTY) + "\n";
    }

    /** An object as maps, lists, texts, numbers and flags. */
    public static Map<String, Object> map(Object value) {
        return ANYTHING.convertValue(value, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /** On one line, blanks behind commas and colons, no newline at the end. */
    public static String oneLine(Object value) {
        return string(value, ONE_LINE);
    }

    /** Writes and syncs. */
    static void write(Path file, String content) throws IOException {
        Files.writeString(
                file,
                content,
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
    }

    private static String string(Object value, DefaultPrettyPrinter printer) {
        try {
            return MAPPER.writer(printer).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw ImageException.of(Kind.INTERNAL, "Cannot write a value as JSON", e.getOriginalMessage(), "", e);
        }
    }
}
