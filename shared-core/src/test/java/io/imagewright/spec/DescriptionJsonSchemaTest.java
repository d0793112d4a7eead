package io.imagewright.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.imagewright.ManualPage;
import io.imagewright.error.ImageException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertTrue;

/** The JSON Schema for editors is made from the schema, and judges as the reader does. */
public class DescriptionJsonSchemaTest {

    private static final Pattern YAML_OF_MANUAL = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private static String made() throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(DescriptionJsonSchema.tree()) + "\n";
    }

    @Test
    public void theOneInTheJarAndOnTheSite_areMadeFromTheCode() throws IOException {
        Path jar = Path.of("src", "main", "resources", "io", "imagewright", "image-v1.schema.json");
        Path site = Path.of("..", "site", "resources", "image-v1.schema.json");
        ManualPage.mustSay(jar, made());
        ManualPage.mustSay(site, made());
        assertNotNull(DescriptionJsonSchemaTest.class.getResource("/io/imagewright/image-v1.schema.json"));
    }

    private static List<String> findings(String yaml) throws IOException {
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(made(), InputFormat.JSON);
        // as an editor reads it, by YAML's own types
        String json = JSON.writeValueAsString(new YAMLMapper().readValue(yaml, Object.class));
        return schema.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private boolean isRead(String yaml) throws IOException {
        try {
            Path file = Files.writeString(folder.getRoot().toPath().resolve("web.yaml"), yaml);
            DescriptionReader.read(file, "web.yaml", DescriptionProperties.NONE).describe();
            return true;
        } catch (ImageException refused) {
            return false;
        }
    }

    @Test
    public void itJudgesAsTheReaderDoes() throws IOException {
        Map<String, Boolean> rows = Map.ofEntries(
                Map.entry("source: { media: a.qcow2 }", true),
                Map.entry(
                        "source: { media: a, disks: [b, { media: c, format: raw }] }\nformats: [qcow2, raw.zst]", true),
                Map.entry("source: { media: a }\nformats: [ { type: qcow2, options: { level: 3 } }, tar ]", true),
                Map.entry("source: { media: a }\nformats: qcow2, raw", true),
                Map.entry("source: { media: a }\nsysprep: false\nshrink: false\nrepair: true\nsize: 10GiB", true),
                Map.entry("source: { media: a }\nshrink: { slack: 16MiB, minimumFree: auto }", true),
                Map.entry("source: { media: a }\nsize: 1073741824", true),
                Map.entry(
                        "source: { media: a }\ncustomise: [ { delete: /x }, { write: { path: /a, content: b } } ]",
                        true),
                Map.entry("source: { media: a }\nproperties:\nlabels: { team: web, ticket: }", true),
                Map.entry("source: { media: a }\nsysprep:\nformats: raw", true),
                Map.entry("source: { media: a }\nshirnk: false", false),
                Map.entry("source: { media: a, formt: raw }", false),
                Map.entry("source: { media: a }\nsize: 10GB", false),
                Map.entry("source: { media: a }\nengine: kvm", false),
                Map.entry("source: { media: a }\nrepair: maybe", false),
                Map.entry("source: { media: a }\nformats: []", false),
                Map.entry("source: { media: a }\ncustomise: [ { write: { path: /a } } ]", false),
                Map.entry("source: { media: a }\ncustomise: [ { delete: /x, mkdir: /y } ]", false),
                Map.entry("source: { media: a }\nproperties: { 'a b': c }", false),
                Map.entry("source: a.qcow2", false));
        for (Map.Entry<String, Boolean> row : rows.entrySet()) {
            assertEquals(row.getKey(), row.getValue(), isRead(row.getKey()));
            assertEquals(
                    row.getKey() + " " + findings(row.getKey()),
                    row.getValue(),
                    findings(row.getKey()).isEmpty());
        }
    }

    /** Of the manual, the examples and the tests of the Maven plugin. */
    @Test
    public void everyDescriptionOfTheProject_isAccepted() throws IOException {
        List<String> descriptions = new ArrayList<>();
        try (Stream<Path> pages = Files.list(Path.of("..", "site", "markdown"))) {
            for (Path page : pages.sorted().toList()) {
                Matcher block = YAML_OF_MANUAL.matcher(Files.readString(page));
                while (block.find()) {
                    descriptions.add(block.group(1));
                }
            }
        }
        try (Stream<Path> files = Files.walk(Path.of("..", "src", "it"))) {
            for (Path file : files.filter(file -> file.toString().matches(".*/src/main/image/[^/]*\\.yaml"))
                    .toList()) {
                descriptions.add(Files.readString(file));
            }
        }
        int checked = 0;
        for (String description : descriptions) {
            if (description.contains("source:") && isRead(description)) {
                checked++;
                assertEquals(description, List.of(), findings(description));
            }
        }
        assertTrue(checked + " of " + descriptions.size(), checked >= 6);
    }

    @Test
    public void whatAnEditorShows_isThere() throws IOException {
        String schema = made();
        for (String part :
                List.of("\"raw.zst\"", "\"cleanup-log\"", "\"bootmenu_timeout\"", "\"growRoot\"", "minimumFree")) {
            assertTrue(part, schema.contains(part));
        }
        assertFalse(schema.contains("\\\\p{"));
    }
}
