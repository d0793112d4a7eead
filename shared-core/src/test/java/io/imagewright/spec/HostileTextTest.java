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
        return mistake(() -> DescriptionReader.read(file, name, DescriptionProperties.NONE));
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
                "web.yaml line 2, column 10: a1[0]: aliases (*name) are not allowed. Write the value out; a text that begins with"
                        + " * needs quotes.\n  2 | a1: &a1 [*a0, *a0]\n               ^",
                refused(bomb.toString()));
    }

    @Test(timeout = 10_000)
    public void refusesDeepNesting() throws IOException {
        assertStarts("web.yaml", refused("[".repeat(500_000)));
        assertStarts("web.yaml", refused("{a: ".repeat(200_000)));
        assertStarts("web.yaml", refused("- ".repeat(200_000)));
        assertStarts(
                "web.json: nested deeper than a description is",
                refused("web.json", "[".repeat(500_000).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    public void refusesAHugeFile() throws IOException {
        String comment = "# " + "x".repeat(DescriptionReader.MAX_SIZE) + "\n";
        assertEquals(
                "Cannot read the description web.yaml: larger than 1 MiB, which no description is", refused(comment));
    }

    @Test
    public void refusesBrokenJson() throws IOException {
        assertEquals(
                "web.json line 1, column 15: name: given twice, first in line 1. Remove one of the two.\n"
                        + "  1 | {\"name\": \"a\", \"name\": \"b\"}\n                    ^",
                refused("web.json", "{\"name\": \"a\", \"name\": \"b\"}".getBytes(StandardCharsets.UTF_8)));
        assertStarts(
                "web.json line 2, column 1: not readable as JSON: ",
                refused("web.json", "{\"name\": \"a\",\n}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    public void refusesKeysThatAreNoTexts() throws IOException {
        assertStarts("web.yaml", refused("? [a, b]\n: c\n"));
    }

    @Test
    public void constructsNothingFromTags() throws IOException {
        assertStarts(
                "web.yaml line 1, column 1: tags (!name) are not allowed",
                refused("!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://localhost\"]]"));
    }

    @Test
    public void readsAnEmptyFileAsAnImageThatSaysNothing() throws IOException {
        Path file = folder.newFile("web.yaml").toPath();
        assertEquals(
                "web",
                DescriptionReader.read(file, "web.yaml", DescriptionProperties.NONE)
                        .name()
                        .orElseThrow());
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
                DescriptionReader.readAll(directory, directory, DescriptionProperties.NONE).stream()
                        .map(tree -> tree.name().orElseThrow())
                        .toList());
        assertEquals(
                List.of(), DescriptionReader.readAll(directory.resolve("none"), directory, DescriptionProperties.NONE));
    }

    @Test
    public void refusesAFileThatIsNoFile() throws IOException {
        Path directory = folder.newFolder("web.yaml").toPath();
        assertEquals(
                "Cannot read the description web.yaml: not a regular file",
                mistake(() -> DescriptionReader.read(directory, "web.yaml", DescriptionProperties.NONE)));
        assertEquals(
                "Cannot read the description no.yaml: no such file. The directory " + directory + " is empty.",
                mistake(() ->
                        DescriptionReader.read(directory.resolve("no.yaml"), "no.yaml", DescriptionProperties.NONE)));
    }
}
