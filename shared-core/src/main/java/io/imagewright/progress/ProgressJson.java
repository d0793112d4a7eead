package io.imagewright.progress;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.progress.ProgressEvent.CopyProgress;
import io.imagewright.progress.ProgressEvent.Failure;
import io.imagewright.progress.ProgressEvent.Info;
import io.imagewright.progress.ProgressEvent.StepEnded;
import io.imagewright.progress.ProgressEvent.StepSkipped;
import io.imagewright.progress.ProgressEvent.StepStarted;
import io.imagewright.progress.ProgressEvent.Warning;

/**
 * Events as lines of JSON, for the border between the worker and its client:
 * {@code {"event":"StepStarted","step":"shrink"}}; durations are nanoseconds.
 */
public final class ProgressJson {

    /** Characters of the longest line that is written or read. */
    public static final int MAX_LINE = 64 * 1024;

    /** Longer texts are cut; each character takes at most six in JSON, and no event has more than two texts. */
    private static final int MAX_TEXT = 5000;

    private static final Map<String, Class<? extends ProgressEvent>> TYPES = Stream.of(
                    StepStarted.class,
                    StepEnded.class,
                    StepSkipped.class,
                    CopyProgress.class,
                    ProgressEvent.StepProgress.class,
                    ProgressEvent.StepActivity.class,
                    ProgressEvent.StillRunning.class,
                    ProgressEvent.ProgramEnded.class,
                    Info.class,
                    Warning.class,
                    Failure.class)
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, type -> type));

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Duration.class, new DurationWriter())
                    .addDeserializer(Duration.class, new DurationReader())
                    .addSerializer(String.class, new TextWriter())
                    .addSerializer(Message.class, MessageJson.writer(MAX_TEXT))
                    .addDeserializer(Message.class, MessageJson.reader()))
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ProgressJson() {}

    /** One line without its end, at most {@link #MAX_LINE} characters. */
    public static String write(ProgressEvent event) {
        try {
            ObjectNode node =
                    MAPPER.createObjectNode().put("event", event.getClass().getSimpleName());
            node.setAll((ObjectNode) MAPPER.valueToTree(event));
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // records of strings and numbers always have a JSON form
        }
    }

    /**
     * The event of a line.
     *
     * @throws ImageException INTERNAL when it is none
     */
    public static ProgressEvent read(String line) {
        if (line.length() > MAX_LINE) {
            throw bad("the line is longer than " + MAX_LINE + " characters");
        }
        try {
            JsonNode node = MAPPER.readTree(line);
            Class<? extends ProgressEvent> type = TYPES.get(node.path("event").asText());
            if (type == null) {
                throw bad("it is no known event");
            }
            ((ObjectNode) node).remove("event");
            return MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw bad(e.getOriginalMessage());
        }
    }

    static ImageException bad(String reason) {
        return ImageException.of(Kind.INTERNAL, "Cannot read a message of the worker", reason, "");
    }

    private static final class DurationWriter extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeNumber(value.toNanos());
        }
    }

    private static final class DurationReader extends JsonDeserializer<Duration> {
        @Override
        public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Duration.ofNanos(in.getLongValue());
        }
    }

    private static final class TextWriter extends JsonSerializer<String> {
        @Override
        public void serialize(String value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(PrintableText.limit(value, MAX_TEXT));
        }
    }
}
