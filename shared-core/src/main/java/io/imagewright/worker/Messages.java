package io.imagewright.worker;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.imagewright.error.ImageException;
import io.imagewright.guest.GuestPath;
import io.imagewright.progress.ProgressEvent;

/** The lines that cross the worker's border: a job inwards, messages outwards, one JSON object each. */
final class Messages {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(Path.class, text(Path.class, Path::toString))
                    .addDeserializer(Path.class, parsed(Path::of))
                    .addSerializer(GuestPath.class, text(GuestPath.class, GuestPath::toString))
                    .addDeserializer(GuestPath.class, parsed(GuestPath::of))
                    .addSerializer(Duration.class, text(Duration.class, Duration::toString))
                    .addDeserializer(Duration.class, parsed(Duration::parse)))
            .addMixIn(ProgressEvent.class, EventType.class);

    private Messages() {}

    /** What the worker tells. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "message")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Progress.class, name = "progress"),
        @JsonSubTypes.Type(value = Done.class, name = "done"),
        @JsonSubTypes.Type(value = Failed.class, name = "failed")
    })
    sealed interface Message {}

    /** It goes on. */
    record Progress(ProgressEvent event) implements Message {}

    /** The job is done; the last message. */
    record Done(GuestReport report) implements Message {}

    /** The job failed; the last message. */
    record Failed(ImageException.Kind kind, String text) implements Message {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ProgressEvent.StepStarted.class, name = "step-started"),
        @JsonSubTypes.Type(value = ProgressEvent.StepEnded.class, name = "step-ended"),
        @JsonSubTypes.Type(value = ProgressEvent.StepSkipped.class, name = "step-skipped"),
        @JsonSubTypes.Type(value = ProgressEvent.CopyProgress.class, name = "copy-progress"),
        @JsonSubTypes.Type(value = ProgressEvent.Info.class, name = "info"),
        @JsonSubTypes.Type(value = ProgressEvent.Warning.class, name = "warning"),
        @JsonSubTypes.Type(value = ProgressEvent.Failure.class, name = "failure")
    })
    private interface EventType {}

    static String write(Object message) {
        try {
            return MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("a message cannot be written", bug);
        }
    }

    /**
     * Reads a line.
     *
     * @throws ImageException INTERNAL when it is no such message
     */
    static <T> T read(String line, Class<T> type) {
        try {
            return MAPPER.readValue(line, type);
        } catch (JsonProcessingException failure) {
            throw ImageException.of(
                    ImageException.Kind.INTERNAL,
                    "Cannot understand a message between build and worker",
                    String.valueOf(failure.getOriginalMessage()),
                    "Make sure that only one version of imagewright-core is on the class path.",
                    failure);
        }
    }

    private interface Parse<T> {
        T apply(String text);
    }

    private static <T> JsonSerializer<T> text(Class<T> type, java.util.function.Function<T, String> format) {
        return new JsonSerializer<>() {
            @Override
            public Class<T> handledType() {
                return type;
            }

            @Override
            public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
                generator.writeString(format.apply(value));
            }
        };
    }

    private static <T> JsonDeserializer<T> parsed(Parse<T> parse) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return parse.apply(parser.getValueAsString(""));
            }
        };
    }
}
