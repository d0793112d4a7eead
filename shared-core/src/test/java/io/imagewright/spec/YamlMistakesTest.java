package io.imagewright.spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.ErrorCollector;
import org.junit.rules.TemporaryFolder;

import static io.imagewright.spec.Descriptions.mistake;
import static io.imagewright.spec.Descriptions.yaml;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

/** What people write by mistake, and what they read then; a mistake is a row. */
public class YamlMistakesTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Rule
    public final ErrorCollector failures = new ErrorCollector();

    /**
     * A mistake.
     *
     * @param at line and column as the message shows them
     * @param shown the line of the excerpt; empty when there is none
     */
    private record Mistake(String yaml, String at, String reason, String next, String shown) {}

    private static final String SPACES = "a tab, and YAML indents with spaces";
    private static final String FIRST = "a value cannot begin with this character, which YAML keeps for itself";
    private static final String LEVEL = "Keys of one level begin in the same column.";
    private static final String QUOTE = "Put the value into quotes: 'value'.";
    private static final String REFERENCE = "inside of { } and [ ] the brace of ${...} is YAML's own";
    private static final String OPEN = "what begins with this bracket has no end";
    private static final String AFTER = "text after the end of a value";
    private static final String AFTER_COMMA = "a comma or the closing bracket is missing here";
    private static final String NO_COLON = "this line has no colon";
    private static final String BACKSLASH = "a backslash inside of \"...\" begins an escape sequence, and this is none";
    private static final String INDENTED = "the indentation of this line is that of no line above";
    private static final String ITEM = "an item of a list begins with - and a blank";
    private static final String SECOND = "a second document begins here, and a file describes one image";

    private static final List<Mistake> MISTAKES = List.of(
            // tabs and other blanks
            new Mistake("source:\n\tmedia: a\n", "line 2, column 1", SPACES, "Replace the tab", "  2 |  media: a"),
            new Mistake("name: web\n\tengine: auto\n", "line 2, column 1", SPACES, "spaces.", "  2 |  engine: auto"),
            new Mistake("\tname: web\n", "line 1, column 1", SPACES, "spaces.", "  1 |  name: web"),
            new Mistake("source:\n \u00a0media: a\n", "line 2, column 2", "a no-break space", "Replace it", "media: a"),
            new Mistake("source:\n  media: a\n \u00a0format: b\n", "line 3, column 2", "a no-break", "it", "format: b"),
            // colons
            new Mistake(
                    "name:web\nsource: { media: a }\n",
                    "line 1, column 6",
                    "no blank after the colon of this line",
                    "Write key: value.",
                    "  1 | name:web"),
            new Mistake("name web\nsource: { media: a }\n", "line 1, column 9", NO_COLON, "key: value", "name web"),
            new Mistake("formats:\n  - qcow2\n  raw\n", "line 3, column 3", NO_COLON, "- and a blank", "  3 |   raw"),
            new Mistake(
                    "properties: { A: b }\nname: web: two\n",
                    "line 2, column 10",
                    "a value with a colon and a blank in it",
                    QUOTE,
                    "  2 | name: web: two"),
            // quotes
            new Mistake(
                    "name: 'web\nsource: { media: a }\n",
                    "line 1, column 7",
                    "the text that begins with this quote has no end",
                    "Add the other quote",
                    "  1 | name: 'web"),
            new Mistake("name: \"web\n", "line 1, column 7", "the text that begins", "Add the other", "\"web"),
            new Mistake("name: 'we'b'\n", "line 1, column 11", AFTER, "written twice", "  1 | name: 'we'b'"),
            new Mistake("source: { media: \"C:\\xyz\" }\n", "line 1, column 23", BACKSLASH, "single quotes", "C:\\xyz"),
            new Mistake("name: \"a\\qb\"\n", "line 1, column 10", BACKSLASH, "single quotes", "a\\qb"),
            // flow mappings and sequences
            new Mistake("source: { media: a\nname: b\n", "line 1, column 9", OPEN, "closing bracket", "{ media: a"),
            new Mistake("formats: [qcow2, raw\nname: b\n", "line 1, column 10", OPEN, "closing", "[qcow2, raw"),
            new Mistake("formats: [qcow2\n", "line 1, column 10", OPEN, "closing", "[qcow2"),
            new Mistake("formats: qcow2]\nname: ]\n", "line 2, column 7", "no value can begin", "Remove it", "name: ]"),
            new Mistake("formats: [raw] x\n", "line 1, column 16", AFTER, "quotes", "[raw] x"),
            new Mistake(
                    "source: { media: ${base}/a }\n",
                    "line 1, column 19",
                    REFERENCE,
                    "quotes: '${name}'",
                    "${base}/a }"),
            new Mistake("formats: [${f}]\n", "line 1, column 12", REFERENCE, "quotes: '${name}'", "[${f}]"),
            new Mistake("name: {{ web }}\n", "line 1, column 7", "{{ }} is no reference here", "${name}", "{{ web }}"),
            new Mistake("? [a, b]\n: c\n", "line 1, column 4", "a key must be a word", "quotes", "  1 | ? [a, b]"),
            // lists and indentation
            new Mistake(
                    "customise:\n  - hostname: a\n  delete: /x\n", "line 3, column 3", ITEM, "Write -", "delete: /x"),
            new Mistake("name: a\n- raw\n", "line 2, column 1", "an item of a list, where", "Indent it", "- raw"),
            new Mistake("formats: - raw\n", "line 1, column 10", "a list does not begin", "[a, b]", "formats: - raw"),
            new Mistake("source:\n  media: a\n format: b\n", "line 3, column 2", INDENTED, LEVEL, "  3 |  format: b"),
            new Mistake(
                    "source:\n  media: a\n   format: b\n",
                    "line 3, column 10",
                    "this line is indented deeper than the one above, which has a value already",
                    LEVEL,
                    "  3 |    format: b"),
            new Mistake(
                    "  name: x\n source: y\n",
                    "line 2, column 2",
                    "the indentation of this line is less than that of the first line",
                    LEVEL,
                    "  2 |  source: y"),
            new Mistake("properties:\n  A: |\n    x\n   y\n", "line 4, column 4", INDENTED, LEVEL, "   y"),
            // characters that YAML keeps for itself
            new Mistake("name: @web\n", "line 1, column 7", FIRST, QUOTE, "@web"),
            new Mistake("name: `web`\n", "line 1, column 7", FIRST, QUOTE, "`web`"),
            new Mistake("name: %web\n", "line 1, column 7", FIRST, QUOTE, "%web"),
            new Mistake("%name: web\n", "line 1, column 6", "a line that begins with %", "quotes", "%name: web"),
            new Mistake("name: |web\n", "line 1, column 8", "| and > begin a text", QUOTE, "|web"),
            new Mistake("name: >web\n", "line 1, column 8", "| and > begin a text", QUOTE, ">web"),
            new Mistake("name: w\u0007\n", "line 1, column 8", "the character U+0007", "Remove it.", "  1 | name: w "),
            // what YAML would expand or construct
            new Mistake("name: *web\n", "line 1, column 7", "name: aliases (*name)", "begins with * needs", "*web"),
            new Mistake(
                    "name: &n web\nproperties: { A: *n }\n",
                    "line 2, column 18",
                    "properties.A: aliases (*name) are not allowed",
                    "Write the value out",
                    "{ A: *n }"),
            new Mistake("name: !env WEB\n", "line 1, column 7", "name: tags (!name)", "without its tag", "!env WEB"),
            new Mistake("!!java.net.URL [a]\n", "line 1, column 1", "tags (!name) are not", "without", "URL"),
            // twice, and two
            new Mistake(
                    "source:\n  media: a\n  media: b\n",
                    "line 3, column 3",
                    "source.media: given twice, first in line 2",
                    "Remove one of the two.",
                    "  3 |   media: b"),
            new Mistake("name: a\n---\nname: b\n", "line 3, column 1", SECOND, "file of its own", "name: b"),
            new Mistake("name: a\n...\nname: b\n", "line 3, column 1", SECOND, "file of its own", "name: b"),
            // what YAML takes, and the schema does not
            new Mistake("name:web\n", "line 1", "found 'name:web'", "Write a blank after the colon of a key.", ""),
            new Mistake("source: { media:a }\n", "line 1", "source.media:a: unknown key", "colon: media: a.", ""),
            new Mistake("formats:\n  -qcow2\n", "line 2", "found '-qcow2'", "Write a blank after the -", ""),
            new Mistake("repair: yes\n", "line 1", "expected true or false, found 'yes'", "Did you mean true?", ""),
            new Mistake("repair: Off\n", "line 1", "expected true or false, found 'Off'", "Did you mean false?", ""),
            new Mistake(
                    "customise: [{ edit: { path: /a, match: [a-z]+, replace: b } }]\n",
                    "line 1, column 45",
                    AFTER_COMMA,
                    "quotes",
                    "match: [a-z]+"),
            new Mistake(
                    "customise:\n  - edit: { path: /a, match: [a-z], replace: b }\n",
                    "line 2",
                    "expected a regular expression of Java, found a list",
                    "A text that begins with [ needs quotes.",
                    ""),
            new Mistake(
                    "customise:\n  - chmod: { path: /a, mode: 0o644 }\n",
                    "line 2",
                    "octal digits",
                    "found '0o644'",
                    ""));

    @Test
    public void aMistakeIsShownWithItsLine() {
        MISTAKES.forEach(row -> failures.checkSucceeds(() -> check(row)));
    }

    private static @Nullable Void check(Mistake row) {
        String message = mistake(() -> yaml(row.yaml()).describe());
        String context = row + "\n" + message;
        assertTrue(context, message.startsWith("web.yaml " + row.at()));
        assertTrue(context, message.contains(row.reason()));
        assertTrue(context, message.contains(row.next()));
        assertTrue(context, message.contains(row.shown()));
        assertFalse(context, message.contains("while ") || message.contains("snakeyaml"));
        if (!row.shown().isEmpty()) {
            List<String> lines = message.lines().toList();
            assertEquals(context, 3, lines.size());
            int column = Integer.parseInt(message.replaceAll("(?s).*?column (\\d+).*", "$1"));
            assertEquals(
                    context,
                    lines.get(1).indexOf(" | ") + 2 + column,
                    lines.get(2).indexOf('^'));
        }
        return null;
    }

    /** What YAML 1.1 would turn into numbers and truth values. */
    @Test
    public void textsStayTexts() {
        ImageDescription image = yaml(
                        "name: no",
                        "source: { media: 007 }",
                        "properties: { A: yes, B: 1_000, C: 0x1f, D: 1e3, E: 12:30, F: ~, G: 2026-11-30, H: NO }",
                        "customise: [{ mkdir: { path: /a, mode: 0750 } }]")
                .describe();
        assertEquals("no", image.name());
        assertEquals("007", image.source().media());
        assertEquals(
                "{A=yes, B=1_000, C=0x1f, D=1e3, E=12:30, F=, G=2026-11-30, H=NO}",
                new TreeMap<>(image.properties()).toString());
        assertEquals("0750", image.customise().get(0).settings().get("mode"));
    }

    @Test
    public void noLineThatMayHoldASecretIsShown() {
        for (String line : List.of(
                "  - password: { user: root, hash: $6$a$SECRET",
                "  - sshInject: { user: root, key: '-----BEGIN OPENSSH PRIVATE KEY-----SECRET }",
                "  - write: { path: /t, content: token=SECRET")) {
            String message = mistake(() -> yaml("customise:", line));
            assertFalse(message, message.contains("SECRET"));
            assertTrue(message, message.startsWith("web.yaml line 2, column"));
        }
    }

    @Test
    public void encodings() throws IOException {
        String text = "source: { media: a }\nname: w\u00e9b\n";
        assertEquals(
                "web.yaml line 1, column 1: not UTF-8 text, but UTF-16. Save the file as UTF-8.",
                read("\uFEFFname: web".getBytes(StandardCharsets.UTF_16LE)));
        assertEquals(
                "web.yaml line 2, column 8: not UTF-8 text, as the byte 0xE9 shows. Save the file as UTF-8.",
                read(text.getBytes(StandardCharsets.ISO_8859_1)));
        Path file = write("\uFEFFname: other\r\nsource: { media: a }\r\n".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "other",
                DescriptionReader.read(file, "web.yaml", DescriptionProperties.NONE)
                        .name()
                        .orElseThrow());
    }

    private String read(byte[] content) throws IOException {
        Path file = write(content);
        return mistake(() -> DescriptionReader.read(file, "web.yaml", DescriptionProperties.NONE));
    }

    private Path write(byte[] content) throws IOException {
        Path file = folder.getRoot().toPath().resolve("web.yaml");
        return Files.write(file, content);
    }
}
