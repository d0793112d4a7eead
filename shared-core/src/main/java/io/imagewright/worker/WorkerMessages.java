package io.imagewright.worker;

import java.io.IOException;
import java.nio.file.Path;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.guest.GuestPath;
import io.imagewright.job.GuestJob;
import io.imagewright.job.GuestReport;
import io.imagewright.progress.MessageJson;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressJson;

import static java.util.Objects.requireNonNull;

/** The lines that cross the worker's border: a job inwards, messages outwards, one JSON object each. */
final class WorkerMessages {

    // records are their components, whatever else their methods return
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .addModule(new SimpleModule()
                    .addSerializer(Path.class, text(Path.class, Path::toString))
                    .addDeserializer(Path.class, parsed(Path::of))
                    .addSerializer(GuestPath.class, text(GuestPath.class, GuestPath::toString))
                    .addDeserializer(GuestPath.class, parsed(GuestPath::of)))
            .build();

    private WorkerMessages() {}

    /** What the worker sends. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "message")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Progress.class, name = "progress"),
        @JsonSubTypes.Type(value = Done.class, name = "done"),
        @JsonSubTypes.Type(value = Failed.class, name = "failed")
    })
    sealed interface FromWorker {}

    /** It goes on. */
    record Progress(String event) implements FromWorker {

        Progress {
            requireNonNull(event, "event");
        }

        static Progress of(ProgressEvent event) {
            return new Progress(ProgressJson.write(event));
        }

        ProgressEvent read() {
            return ProgressJson.read(event);
        }
    }

    /** The job is done; the last message. */
    record Done(GuestReport report) implements FromWorker {

        Done {
            requireNonNull(report, "report");
        }
    }

    /** The job failed; the last message. */
    record Failed(ImageException.Kind kind, String problem, String next) implements FromWorker {

        Failed {
            requireNonNull(kind, "kind");
            requireNonNull(problem, "problem");
            requireNonNull(next, "next");
        }

        static Failed of(ImageException.Kind kind, Message problem, Message next) {
            return new Failed(kind, MessageJson.write(problem), MessageJson.write(next));
        }

        ImageException read() {
            return ImageException.relayed(kind, MessageJson.read(problem), MessageJson.read(next));
        }
    }

    /** Gets the worker ready to read a job and to report it, which takes its time once in a JVM. */
    static void prepareWorker() {
        MAPPER.readerFor(GuestJob.class);
        MAPPER.writerFor(Progress.class);
        MAPPER.writerFor(Done.class);
    }

    /** The same for the build. */
    static void prepareBuild() {
        MAPPER.writerFor(GuestJob.class);
        MAPPER.readerFor(Progress.class);
        MAPPER.readerFor(Done.class);
    }

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
            T message = MAPPER.readValue(line, type);
            if (message == null) {
                throw new JsonMappingException(null, "it is null");
            }
            return message;
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
