package io.imagewright.spec;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.Test;

import static io.imagewright.spec.Descriptions.mistake;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

public class InterpolationTest {

    private static final Map<String, String> VALUES = Map.of(
            "base", "disks/a.qcow2",
            "formats", "raw, QCOW2",
            "yaml", "x }\n- {y: 'z\"",
            "loop", "${loop}",
            "size", "potatoes",
            "env.TOKEN", "s3cret",
            "empty", "");

    private static final DescriptionProperties PROPERTIES = new DescriptionProperties() {
        @Override
        public Optional<String> value(String name) {
            return Optional.ofNullable(VALUES.get(name));
        }

        @Override
        public Collection<String> names() {
            return VALUES.keySet();
        }

        @Override
        public String possible() {
            return "Define one.";
        }
    };

    private static DescriptionTree tree(String... lines) {
        Node root = TextTree.read("web.yaml", String.join("\n", lines) + "\n", false);
        return DescriptionTree.of(Interpolation.of(root, PROPERTIES), "");
    }

    private static String property(String written) {
        return String.valueOf(tree("name: web", "source: { media: a }", "properties:", "  A: " + written)
                .describe()
                .properties()
                .get("A"));
    }

    /** Values stay one text each, whatever they hold. */
    @Test
    public void replacesReferences() {
        assertEquals("disks/a.qcow2", property("${base}"));
        assertEquals("at disks/a.qcow2, twice: disks/a.qcow2", property("'at ${base}, twice: ${base}'"));
        assertEquals("x }\n- {y: 'z\"", property("${yaml}"));
        assertEquals("${loop}", property("${loop}"));
        assertEquals("", property("${empty}"));
        ImageDescription image = tree("name: web", "source: { media: '${base}' }", "formats: ${formats}")
                .describe();
        assertEquals("disks/a.qcow2", image.source().media());
        assertEquals(
                List.of("raw", "qcow2"),
                image.formats().stream().map(ImageDescription.Format::type).toList());
    }

    @Test
    public void twoDollarsAreALiteral() {
        assertEquals("${base}", property("$${base}"));
        assertEquals("$${base}", property("$$${base}"));
        assertEquals("$ $$ $base {base}", property("$ $$ $base {base}"));
        assertEquals("${x:-$1}disks/a.qcow2", property("'$${x:-$1}${base}'"));
    }

    @Test
    public void anUnknownPropertyIsAnErrorWithItsPlace() {
        String advice = " Write $${ for a literal ${; a text of a file (file:) is taken as it is.";
        assertEquals(
                "web.yaml line 4: properties.A: unknown property ${bace}. Did you mean base? Define one." + advice,
                mistake(() -> property("${bace}")));
        assertEquals(
                "web.yaml line 2: customise[0].write.content: unknown property ${penguins.and.more}. Define one."
                        + advice,
                mistake(() -> tree("customise:", "  - write: { path: /a, content: '${penguins.and.more}' }")));
        for (String bad : List.of("${a b}", "${x:-y}", "${}", "${#a[@]}", "${base")) {
            String message = mistake(() -> property("'" + bad + "'"));
            assertTrue(
                    message, message.startsWith("web.yaml line 4: properties.A: ${ begins a reference ${name}, and '"));
            assertTrue(message, message.endsWith(advice.strip()));
        }
    }

    @Test
    public void keysAreNoReferences() {
        assertEquals(
                "web.yaml line 2: properties.${base}: not a valid key. Allowed in a key here: letters, digits and _.",
                mistake(() -> tree("properties:", "  ${base}: x")));
    }

    @Test
    public void aBadValueIsShownWithItsReference_unlessItIsOfTheEnvironment() {
        assertTrue(
                mistake(() -> tree("size: ${size}")).endsWith("above zero, found 'potatoes', the value of '${size}'"));
        String message = mistake(() -> tree("size: 1${env.TOKEN}"));
        assertTrue(message, message.endsWith("found the value of '1${env.TOKEN}'"));
        String word = mistake(() -> tree("engine: ${env.TOKEN}"));
        assertTrue(word, word.endsWith("found the value of '${env.TOKEN}'"));
        assertFalse(word, word.contains("s3cret"));
    }

    @Test
    public void secretsOfTheBuildStayOut() {
        for (String name : List.of("env.IMAGEWRIGHT_LUKS_KEY", "env.MAVEN_GPG_PASSPHRASE")) {
            assertTrue(mistake(() -> property("${" + name + "}"))
                    .contains("properties.A: ${" + name + "} is a secret of the build, and no image may hold it"));
        }
    }

    @Test
    public void whatIsWrittenIsReadBack() {
        ImageDescription image = tree("name: web", "source: { media: a }", "properties: { A: '$${base} $x' }")
                .describe();
        String written = DescriptionWriter.yaml(image);
        assertTrue(written, written.contains("$${base}"));
        assertEquals(image.properties(), tree(written).describe().properties());
    }
}
