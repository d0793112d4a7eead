package io.imagewright.spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static io.imagewright.spec.Descriptions.mistake;
import static org.junit.Assert.assertEquals;

public class HostileTextTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private String refused(String name, byte[] content) throws IOException {
        Path file = folder.getRoot().toPath().resolve(name);
        Files.write(file, content);
        return mistake(() -> DescriptionReader.read(file, name));
    }

    private static void assertStarts(String expected, String text) {
        assertEquals(expected, text.substring(0, Math.min(text.length(), expected.length())));
    }

    private String refused(String content) throws IOException {
        return refused("web.yaml", content.getBytes(StandardCharsets.UTF_8));
    }

    @Test(timeout = 10_000)
    public void refusesAnAliasBomb() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 lol\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertEquals(
                "web.yaml line 2: a1[0]: aliases (*name) are not allowed. Write the value out.",
                refused(bomb.toString()));
    }

    @Test(timeout = 10_000)
    public void refusesDeepNesting() throws IOException {
        assertStarts("web.yaml", refused("[".repeat(500_000)));
        assertStarts("web.yaml", refused("{a: ".repeat(200_000)));
        assertStarts("web.yaml", refused("- ".repeat(200_000)));
        assertStarts(
                "web.json: not readable as a description: ",
                refused("web.json", "[".repeat(500_000).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    public void refusesAHugeFile() throws IOException {
        String comment = "# " + "x".repeat(DescriptionReader.MAX_SIZE) + "\n";
        assertEquals(
                "Cannot read the description web.yaml: larger than 1 MiB, which no description is", refused(comment));
    }

    @Test
    public void refusesDuplicateKeys() throws IOException {
        assertEquals(
                "web.yaml line 3: source.media: given twice. Remove one of the two.",
                refused("source:\n  media: a\n  media: b\n"));
        assertEquals(
                "web.json line 1: name: given twice. Remove one of the two.",
                refused("web.json", "{\"name\": \"a\", \"name\": \"b\"}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    public void refusesASecondDocument() throws IOException {
        assertEquals(
                "web.yaml line 3: a second document begins here, and a file describes one image. Move it to a file of its own.",
                refused("name: a\n---\nname: b\n"));
    }

    @Test
    public void refusesWhatIsNoUtf8() throws IOException {
        assertEquals(
                "Cannot read the description web.yaml: not UTF-8 text",
                refused("web.yaml", new byte[] {'a', ':', ' ', (byte) 0xff, (byte) 0xfe}));
    }

    @Test
    public void tellsTheLineOfBrokenYaml() throws IOException {
        assertStarts("web.yaml line 3: not readable as a description: ", refused("name: web\nsource: {media\n"));
        assertStarts("web.yaml line 1: not readable as a description: ", refused("name: web\n\tengine: auto\n"));
        assertStarts("web.yaml", refused("name: \0"));
    }

    @Test
    public void refusesKeysThatAreNoTexts() throws IOException {
        assertStarts("web.yaml", refused("? [a, b]\n: c\n"));
    }

    @Test
    public void constructsNothingFromTags() throws IOException {
        assertStarts(
                "web.yaml line 1: expected keys with values",
                refused("!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://localhost\"]]"));
    }

    @Test
    public void readsAnEmptyFileAsAnImageThatSaysNothing() throws IOException {
        Path file = folder.newFile("web.yaml").toPath();
        assertEquals("web", DescriptionReader.read(file, "web.yaml").name().orElseThrow());
    }

    @Test
    public void takesTheNameFromTheFile_andReadsADirectoryInOrder() throws IOException {
        Path directory = folder.getRoot().toPath();
        Files.writeString(directory.resolve("b.json"), "\uFEFF{\"source\": {\"media\": \"x\"}}");
        Files.writeString(directory.resolve("a.yml"), "source: { media: x }");
        Files.writeString(directory.resolve("c.yaml"), "name: other");
        Files.writeString(directory.resolve("notes.txt"), "penguin");
        Files.writeString(directory.resolve(".swap.yaml"), "penguin");
        assertEquals(
                List.of("a", "b", "other"),
                DescriptionReader.readAll(directory, directory).stream()
                        .map(tree -> tree.name().orElseThrow())
                        .toList());
        assertEquals(List.of(), DescriptionReader.readAll(directory.resolve("none"), directory));
    }

    @Test
    public void refusesAFileThatIsNoFile() throws IOException {
        Path directory = folder.newFolder("web.yaml").toPath();
        assertEquals(
                "Cannot read the description web.yaml: not a regular file",
                mistake(() -> DescriptionReader.read(directory, "web.yaml")));
        assertEquals(
                "Cannot read the description no.yaml: no such file. The directory " + directory + " is empty.",
                mistake(() -> DescriptionReader.read(directory.resolve("no.yaml"), "no.yaml")));
    }
}
