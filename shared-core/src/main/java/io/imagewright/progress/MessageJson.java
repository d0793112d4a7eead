package io.imagewright.progress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.imagewright.error.CommandName;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;

/**
 * Messages between processes: a list whose elements are texts, {@code {"setting":"engine","value":"auto"}} and {@code
 * {"command":"BUILD"}}, so that the process that shows a message can spell these.
 */
public final class MessageJson {

    /** Characters of all texts of a failure together; longer ones are cut. */
    private static final int MAX_FAILURE = 64 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Message.class, writer(MAX_FAILURE))
                    .addDeserializer(Message.class, reader()))
            .build();

    private MessageJson() {}

    /** A message as JSON. */
    public static String write(Message message) {
        try {
            return MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(bug); // texts always have a JSON form
        }
    }

    /**
     * The message of a JSON text.
     *
     * @throws ImageException INTERNAL when it is none
     */
    public static Message read(String json) {
        try {
            return MAPPER.readValue(json, Message.class);
        } catch (JsonProcessingException failure) {
            throw ProgressJson.bad(failure.getOriginalMessage());
        }
    }

    /** Writes messages, with so many characters in all texts of one together. */
    static JsonSerializer<Message> writer(int maxText) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(Message message, JsonGenerator out, SerializerProvider provider) throws IOException {
                int left = maxText;
                out.writeStartArray();
                for (Message.Part part : message.parts()) {
                    if (part instanceof SettingName setting) {
                        out.writeStartObject();
                        out.writeStringField("setting", setting.path());
                        out.writeStringField("value", PrintableText.limit(setting.value(), left));
                        out.writeEndObject();
                        left -= setting.path().length() + setting.value().length();
                    } else if (part instanceof CommandName command) {
                        out.writeStartObject();
                        out.writeStringField("command", command.name());
                        out.writeEndObject();
                        left -= command.name().length();
                    } else {
                        String text = ((Message.Plain) part).text();
                        out.writeString(PrintableText.limit(text, left));
                        left -= text.length();
                    }
                    if (left < 4) {
                        break;
                    }
                }
                out.writeEndArray();
            }
        };
    }

    /** Reads them. */
    static JsonDeserializer<Message> reader() {
        return new JsonDeserializer<>() {
            @Override
            public Message deserialize(JsonParser in, DeserializationContext context) throws IOException {
                JsonNode list = context.readTree(in);
                if (!list.isArray()) {
                    return context.reportInputMismatch(Message.class, "a message is a list");
                }
                List<Message.Part> parts = new ArrayList<>();
                for (JsonNode element : list) {
                    parts.add(part(element, context));
                }
                return new Message(parts);
            }

            @Override
            public Message getNullValue(DeserializationContext context) throws JsonMappingException {
                return context.reportInputMismatch(Message.class, "a message is a list, and not null");
            }
        };
    }

    private static Message.Part part(JsonNode element, DeserializationContext context) throws IOException {
        try {
            if (element.has("setting")) {
                return new SettingName(
                        element.path("setting").asText(), element.path("value").asText());
            }
            if (element.has("command")) {
                return CommandName.valueOf(element.path("command").asText());
            }
            return element.isTextual()
                    ? new Message.Plain(element.textValue())
                    : context.reportInputMismatch(
                            Message.class, "a part of a message is a text, a setting or a command");
        } catch (IllegalArgumentException unknown) {
            return context.reportInputMismatch(Message.class, "%s", unknown.getMessage());
        }
    }
}
