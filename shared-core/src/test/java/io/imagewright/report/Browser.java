package io.imagewright.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A page in a headless Chromium, driven by the <a href="https://chromedevtools.github.io/devtools-protocol/">DevTools protocol</a>. */
public final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final AtomicInteger last = new AtomicInteger();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    private Browser(Process process, URI page) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Listener())
                .join();
    }

    /** @param profile a directory that does not exist yet */
    public static Browser start(Path profile) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(
                            "chromium",
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile,
                            "about:blank")
                    .redirectErrorStream(true)
                    .redirectOutput(profile.resolveSibling("chromium.log").toFile())
                    .start();
        } catch (IOException missing) {
            throw new AssertionError("chromium is missing; install the Debian package chromium", missing);
        }
        try {
            Path port = profile.resolve("DevToolsActivePort");
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!Files.exists(port) || Files.size(port) == 0) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new AssertionError(
                            "chromium does not start: " + Files.readString(profile.resolveSibling("chromium.log")));
                }
                Thread.sleep(50);
            }
            HttpRequest opening = HttpRequest.newBuilder(URI.create(
                            "http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/new?about:blank"))
                    .PUT(HttpRequest.BodyPublishers.noBody())
                    .build();
            String page = HttpClient.newHttpClient()
                    .send(opening, HttpResponse.BodyHandlers.ofString())
                    .body();
            return new Browser(
                    process,
                    URI.create(JSON.readTree(page).path("webSocketDebuggerUrl").asText()));
        } catch (Exception | AssertionError failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    /** Shows a file in a window of this width, and waits until it is loaded. */
    void open(Path page, int width, boolean dark) throws Exception {
        open(page.toUri(), width, dark);
    }

    /** Shows a page in a window of this width, and waits until it is loaded. */
    public void open(URI page, int width, boolean dark) throws Exception {
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        complaints.clear();
        requests.clear();
        call("Page.navigate", Map.of("url", page.toString()));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!evaluate("document.readyState + location.pathname").equals("complete" + page.getPath())) {
            if (System.nanoTime() > end) {
                throw new AssertionError(page + " is not loaded");
            }
            Thread.sleep(20);
        }
    }

    /** The value of an expression, as text. */
    public String evaluate(String expression) throws Exception {
        JsonNode answer = call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(answer.toString());
        }
        return answer.path("result").path("value").asText();
    }

    /** What an element that a selector names looks like, wherever it lies on the page. */
    public BufferedImage picture(String selector) throws Exception {
        String[] box = evaluate(
                        "(() => { const r = document.querySelector('" + selector
                                + "').getBoundingClientRect(); return [r.x + scrollX, r.y + scrollY, r.width, r.height].join(' '); })()")
                .split(" ");
        JsonNode answer = call(
                "Page.captureScreenshot",
                Map.of(
                        "captureBeyondViewport",
                        true,
                        "clip",
                        Map.of(
                                "x",
                                Double.parseDouble(box[0]),
                                "y",
                                Double.parseDouble(box[1]),
                                "width",
                                Double.parseDouble(box[2]),
                                "height",
                                Double.parseDouble(box[3]),
                                "scale",
                                1)));
        return ImageIO.read(new ByteArrayInputStream(
                Base64.getDecoder().decode(answer.path("data").asText())));
    }

    /** Messages of the console, errors of scripts, and what a policy refused, since the page was opened. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Addresses that were asked for since the page was opened. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private JsonNode call(String method, Map<String, Object> parameters) throws Exception {
        int id = last.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        JsonNode message = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (message.has("error")) {
            throw new AssertionError(method + ": " + message.get("error"));
        }
        return message.path("result");
    }

    private void received(JsonNode message) {
        switch (message.path("method").asText()) {
            case "Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded" ->
                complaints.add(message.path("params").toString());
            case "Network.requestWillBeSent" ->
                requested(message.path("params").path("request").path("url").asText());
            default -> {
                CompletableFuture<JsonNode> answer =
                        answers.remove(message.path("id").asInt());
                if (answer != null) {
                    answer.complete(message);
                }
            }
        }
    }

    private void requested(String address) {
        // the page's empty icon, which a browser asks for when it likes
        if (!address.equals("data:,")) {
            requests.add(address);
        }
    }

    @Override
    public void close() throws Exception {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean whole) {
            text.append(data);
            if (whole) {
                try {
                    received(JSON.readTree(text.toString()));
                } catch (IOException broken) {
                    complaints.add("unreadable: " + broken.getMessage());
                }
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }
}
