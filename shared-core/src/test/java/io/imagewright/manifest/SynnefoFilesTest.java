package io.imagewright.manifest;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.imagewright.error.ImageException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

/** {@code .meta} and {@code .variant}. */
public class SynnefoFilesTest {

    private static final String HOSTILE = "it's $HOME `id` $(id) \"x\" \\ \n ! ü \u0007 'A=B'";

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void writesMetaOnOneLine() throws Exception {
        Path file = folder.newFile().toPath();
        MetaFile.write(file, Map.of("OSFAMILY", "linux", "DESCRIPTION", "Grüße\n\"A\""), "diskdump");
        assertEquals(
                "{\"properties\": {\"DESCRIPTION\": \"Grüße\\n\\\"A\\\"\", \"OSFAMILY\": \"linux\"}, "
                        + "\"disk-format\": \"diskdump\"}",
                Files.readString(file));
    }

    @Test
    public void writesMetaWithoutProperties() throws Exception {
        Path file = folder.newFile().toPath();
        MetaFile.write(file, Map.of(), "diskdump");
        assertEquals("{\"properties\": {}, \"disk-format\": \"diskdump\"}", Files.readString(file));
    }

    @Test
    public void writesAPlainVariantWithoutNeedlessQuotes() throws Exception {
        Path file = folder.newFile().toPath();
        VariantFile.write(file, "web-1.0.diskdump", "diskdump", Map.of("OS", "debian"));
        assertEquals(
                "IMG_ID=web-1.0.diskdump\nIMG_FORMAT=diskdump\nIMG_PROPERTIES='{\"OS\": \"debian\"}'\n",
                Files.readString(file));
    }

    @Test
    public void givesAShellExactlyTheValues_whateverTheyHold() throws Exception {
        Path file = folder.newFile().toPath();
        VariantFile.write(file, HOSTILE, "diskdump", Map.of("DESCRIPTION", HOSTILE));
        String json = Json.oneLine(Map.of("DESCRIPTION", HOSTILE));
        assertEquals(HOSTILE, sourced(file, "IMG_ID"));
        assertEquals("diskdump", sourced(file, "IMG_FORMAT"));
        assertEquals(json, sourced(file, "IMG_PROPERTIES"));
        assertEquals(HOSTILE, Json.MAPPER.readTree(json).get("DESCRIPTION").asText());
    }

    @Test
    public void refusesANulInTheName() throws Exception {
        Path file = folder.newFile().toPath();
        assertThrows(ImageException.class, () -> VariantFile.write(file, "a\0b", "diskdump", Map.of()));
    }

    private String sourced(Path file, String variable) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        "sh", "-eu", "-c", ". \"$1\"; printf %s \"$" + variable + "\"", "sh", file.toString())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(text, 0, process.waitFor());
        return text;
    }
}
