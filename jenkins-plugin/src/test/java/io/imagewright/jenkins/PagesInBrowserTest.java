package io.imagewright.jenkins;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Run;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.report.Browser;
import io.imagewright.report.Images;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

/** The pages in a real browser, with the content security policy of Jenkins enforced, without its exception for styles. */
public class PagesInBrowserTest {

    @ClassRule
    public static final TemporaryFolder FOLDER = new TemporaryFolder();

    private static final String POLICY =
            "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'";

    /** About what Jenkins' own style sheets say of what the views use. */
    private static final String JENKINS = """
            * { box-sizing: border-box }
            body { margin: 0; font: 14px sans-serif }
            #page { display: grid; grid-template-columns: 240px minmax(0, 1fr); gap: 24px; padding: 24px }
            #page > #side-panel { grid-column: 1; grid-row: 1 }
            #page > #main-panel { grid-column: 2 }
            #summary { padding: 24px }
            .jenkins-table { border-collapse: collapse; width: 100% }
            .jenkins-table th { white-space: nowrap; text-align: left }
            .jenkins-table th, .jenkins-table td { padding: 8px 12px; border-top: 1px solid #ddd; vertical-align: top }
            .jenkins-button { padding: 4px 8px }
            """;

    private static final Map<String, String> PAGES = new ConcurrentHashMap<>(Map.of("/jenkins.css", JENKINS));

    private static Browser browser;
    private static HttpServer server;

    @BeforeClass
    public static void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", PagesInBrowserTest::answer);
        server.start();
        browser = Browser.start(FOLDER.newFolder("profile").toPath());
    }

    @AfterClass
    public static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = PAGES.containsKey(path)
                ? PAGES.get(path).getBytes(StandardCharsets.UTF_8)
                : path.equals("/favicon.ico") ? new byte[] {0} : RenderedView.resource(path);
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("Content-Type", path.endsWith(".css") ? "text/css" : "text/html");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static URI page(String name, String html) {
        PAGES.put("/" + name, html);
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
    }

    @SuppressWarnings("rawtypes")
    private static final class Build extends Run {

        @Override
        public String getDisplayName() {
            return "#7";
        }
    }

    private static ImageAction action(String name, boolean isPublished) throws IOException {
        Path file = Files.createTempFile(FOLDER.getRoot().toPath(), "of", ManifestFile.EXTENSION);
        ManifestFile.write(file, Images.manifest(name, "Debian GNU/Linux 12 (bookworm)"));
        ObjectNode manifest = (ObjectNode) new JsonMapper().readTree(file.toFile());
        if (isPublished) {
            manifest.putArray("published")
                    .addObject()
                    .put("to", "http")
                    .put("location", "https://images.example.org/" + name + "/1.0/");
        }
        ImageAction action = new ImageAction();
        action.onAttached(new Build());
        action.add(new ImageRecord(manifest.toString().replace("web-1.0", name + "-1.0"), ""));
        return action;
    }

    @Test
    public void pagesFitIntoAWindowOf1000Pixels_underTheEnforcedPolicy() throws Exception {
        for (String name :
                List.of("web", "an-image-of-a-name-that-is-as-long-as-people-make-them-in-large-companies")) {
            for (String view : List.of("index.jelly", "summary.jelly")) {
                String html = RenderedView.of("ImageAction/" + view, Map.of("it", action(name, false)));
                browser.open(page(name + view, html), 1000, false);
                save(name.length() + view);
                assertEquals(List.of(), browser.complaints());
                assertEquals(
                        view + " sticks out",
                        "0",
                        browser.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)"));
                assertEquals("auto", "normal", style("code", "white-space"));
                assertNotEquals(
                        "the digest is on one line",
                        "1",
                        browser.evaluate("Math.round(document.querySelector('code').offsetHeight / 14)"));
                assertFalse(html, html.contains("Published"));
            }
        }
    }

    private static String style(String selector, String property) throws Exception {
        return browser.evaluate(
                "getComputedStyle(document.querySelector('" + selector + "')).getPropertyValue('" + property + "')");
    }

    /** To look at: -Dimagewright.pictures=DIRECTORY. */
    private static void save(String name) throws Exception {
        String directory = System.getProperty("imagewright.pictures");
        if (directory != null) {
            BufferedImage picture = browser.picture("html");
            ImageIO.write(picture, "png", Path.of(directory, name + ".png").toFile());
        }
    }

    @Test
    public void theColumnPublishedIsThereWithWhatWasPublished() throws Exception {
        String html = RenderedView.of("ImageAction/summary.jelly", Map.of("it", action("web", true)));
        assertTrue(html, html.contains("<th>Published</th>") && html.contains("https://images.example.org/web/1.0/"));
    }

    /** What the test guards against is seen by it. */
    @Test
    public void whatThePolicyRefusesIsNoticed() throws Exception {
        List<String> refused = new ArrayList<>();
        for (String bad : List.of(
                "<p style='color: red'>x</p>", "<script>nowhere()</script>", "<style>p { color: red }</style>")) {
            browser.open(page("refused", "<!DOCTYPE html>" + bad), 1000, false);
            if (!browser.complaints().isEmpty()) {
                refused.add(bad);
            }
        }
        assertEquals(3, refused.size());
    }
}
