package io.imagewright.jenkins;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;

import io.imagewright.ImageDocument;
import io.imagewright.api.SizePoint;
import org.junit.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** Every view, form and help text of the plugin. */
public class ViewsTest {

    /** What a content security policy without exceptions refuses. */
    private static final Pattern INLINE = Pattern.compile(
            "<(?:script|style|iframe|object|embed)\\b|\\sstyle\\s*=|\\son[a-z]+\\s*=|javascript:|https?://[^\"<]*\\.js\\b",
            Pattern.CASE_INSENSITIVE);

    /** Not plain technical English. */
    private static final Pattern ODD = Pattern.compile(
            "\\b(?:tells?|told|anew|once more|mends?|mended|in the way|lies?|whom|is whole|does it|do it|means nothing"
                    + "|against its|go over|people)\\b",
            Pattern.CASE_INSENSITIVE);

    /** The fields that stand before "Advanced". */
    private static final Map<String, List<String>> FIRST = new LinkedHashMap<>(Map.of(
            "ImageBuilder", List.of("source", "file", "name", "version", "formats"),
            "pipeline/ImageBuildStep", List.of("source", "file", "name", "version", "formats"),
            "ImageConverter", List.of("source", "file", "name", "version", "formats"),
            "ImageInspector", List.of("source", "file"),
            "ImageVerifier", List.of("manifest", "boot"),
            "ImagewrightConfiguration", List.of("timeLimitMinutes", "tmpdir")));

    private static Map<Path, String> files(String... endings) throws IOException {
        Map<Path, String> texts = new LinkedHashMap<>();
        for (Path top : List.of(RenderedView.VIEWS, Path.of("src/main/resources/index.jelly"))) {
            try (Stream<Path> files = Files.walk(top)) {
                for (Path file : files.sorted().toList()) {
                    if (Stream.of(endings).anyMatch(file.toString()::endsWith)) {
                        texts.put(file, Files.readString(file));
                    }
                }
            }
        }
        return texts;
    }

    private static Document parsed(Path file, String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    private static Optional<String> refused(String markup) {
        Matcher found = INLINE.matcher(markup);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }

    @Test
    public void nothingInlineInAnyViewOrHelp() throws IOException {
        Map<Path, String> files = files(".jelly", ".html");
        assertTrue(files.toString(), files.size() > 70);
        files.forEach((file, text) -> assertEquals(file.toString(), Optional.empty(), refused(text)));
    }

    @Test
    public void everyViewEscapesWhatItShows() throws IOException {
        files(".jelly").forEach((file, text) -> {
            assertTrue(file.toString(), text.startsWith("<?jelly escape-by-default='true'?>"));
            parsed(file, text);
        });
    }

    /** What pages put in as it is. */
    @Test
    public void nothingInlineInPictures() {
        String trend = ImageDocument.sizeTrend(
                List.of(new SizePoint(7, "a' onload='x", 1 << 20), new SizePoint(8, "<style>", 2 << 20)));
        assertEquals(Optional.empty(), refused(trend.replaceAll("(?s)<title>.*?</title>", "")));
    }

    @Test
    public void whatIsInlineIsSeen() {
        for (String bad : List.of(
                "<p style=\"x\">",
                "<a onclick='x'>",
                "<SCRIPT>",
                "<style>",
                "<a href=\"javascript:x\">",
                "<svg\nonload=x>")) {
            assertTrue(bad, refused(bad).isPresent());
        }
        assertEquals(Optional.empty(), refused("<p class=\"style\">one=1 <st:adjunct includes=\"a.style\"/>"));
    }

    @Test
    public void formsShowFirstWhatMostPeopleNeed() throws IOException {
        Map<Path, String> forms = files("config.jelly");
        assertEquals(FIRST.size(), forms.size());
        for (Map.Entry<String, List<String>> first : FIRST.entrySet()) {
            Path file = RenderedView.VIEWS.resolve(first.getKey()).resolve("config.jelly");
            NodeList entries = parsed(file, forms.get(file)).getElementsByTagName("f:entry");
            List<String> shown = new ArrayList<>();
            for (int i = 0; i < entries.getLength(); i++) {
                Element entry = (Element) entries.item(i);
                if (!entry.getParentNode().getNodeName().equals("f:advanced")) {
                    shown.add(entry.getAttribute("field"));
                }
            }
            assertEquals(file.toString(), first.getValue(), shown);
            assertTrue(file.toString(), entries.getLength() > shown.size());
        }
    }

    @Test
    public void textsAreInPlainEnglish() throws IOException {
        Map<Path, String> texts = files(".html", ".properties", "index.jelly", "table.jelly");
        texts.forEach((file, text) -> {
            Matcher odd = ODD.matcher(text.replaceAll("<!--.*?-->", ""));
            assertTrue(
                    file + ": " + (odd.find() ? odd.group() : ""), !odd.reset().find());
        });
    }
}
