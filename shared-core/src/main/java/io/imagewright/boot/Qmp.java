package io.imagewright.boot;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Talks with a running qemu: QEMU Machine Protocol, a JSON object a line. For one thread; a second one reads what comes, so that a hanging qemu
 * hangs nobody.
 */
final class Qmp {

    /** Name of the guest agent's channel. */
    static final String AGENT = "agent";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Far above an answer with a piece of the console. */
    private static final int LONGEST = 4 << 20;

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final JsonNode END = JsonNodeFactory.instance.nullNode();

    private final OutputStream out;
    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private boolean hasShutDown;
    private boolean hasAgent;

    /** Qemu ended, or no more makes sense. */
    static final class Broken extends IOException {

        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }

    /** Over the standard streams of a qemu whose monitor is there. */
    Qmp(Process qemu) {
        this.out = qemu.getOutputStream();
        InputStream in = new BufferedInputStream(qemu.getInputStream());
        Thread reader = new Thread(() -> read(in), "qmp");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream in) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (in) {
            for (int next = in.read(); next >= 0 && line.size() < LONGEST; next = in.read()) {
                if (next == '\n') {
                    received.add(MAPPER.readTree(line.toString(StandardCharsets.UTF_8)));
                    line.reset();
                } else {
                    line.write(next);
                }
            }
        } catch (IOException gone) {
            // killed, or no JSON: in either case there is nothing more to hear
        }
        received.add(END);
    }

    /** Waits for qemu's first words and answers them, after which it obeys. */
    void begin() throws IOException, InterruptedException {
        next();
        execute("qmp_capabilities", JsonNodeFactory.instance.objectNode());
    }

    /**
     * Runs a command.
     *
     * @return what it returns; nothing when qemu refused it
     * @throws Broken when qemu ended or is silent
     */
    Optional<JsonNode> execute(String command, ObjectNode arguments) throws IOException, InterruptedException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.put("execute", command).set("arguments", arguments);
        try {
            out.write((request + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException gone) {
            throw new Broken("it ended");
        }
        while (true) {
            JsonNode message = next();
            if (message.has("return")) {
                return Optional.of(message.get("return"));
            }
            if (message.has("error")) {
                return Optional.empty();
            }
            note(message);
        }
    }

    private void note(JsonNode message) {
        switch (message.path("event").asText()) {
            case "SHUTDOWN" -> hasShutDown = true;
            case "VSERPORT_CHANGE" -> {
                JsonNode data = message.path("data");
                hasAgent = data.path("id").asText().equals(AGENT)
                        ? data.path("open").asBoolean()
                        : hasAgent;
            }
            default -> {} // of devices that nobody waits for
        }
    }

    private JsonNode next() throws IOException, InterruptedException {
        JsonNode message = received.poll(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        if (message == null) {
            throw new Broken("it does not answer");
        }
        if (message.isNull()) {
            received.add(END);
            throw new Broken("it ended");
        }
        return message;
    }

    /** Whether the guest switched the machine off. */
    boolean hasShutDown() {
        return hasShutDown;
    }

    /** Whether a program in the guest has the agent's channel open. */
    boolean hasAgent() {
        return hasAgent;
    }
}
