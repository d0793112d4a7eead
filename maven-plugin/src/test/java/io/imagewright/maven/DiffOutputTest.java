package io.imagewright.maven;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import io.imagewright.error.ImageException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class DiffOutputTest {

    @Test
    public void filesAreNamedAfterBothImages() {
        assertEquals(
                "web-1.0-to-web-1.1.diff.html",
                DiffOutput.fileName(Path.of("/a/web-1.0.qcow2"), Path.of("web-1.1.image-manifest.json"), "html"));
        assertEquals("disk-to-.hidden.diff.json", DiffOutput.fileName(Path.of("disk"), Path.of(".hidden"), "json"));
    }

    @Test
    public void formatsAreChecked() {
        assertEquals(List.of("text", "html"), DiffOutput.formats("text, HTML,Text"));
        for (String bad : List.of("", "xml", "text,")) {
            ImageException error = assertThrows(ImageException.class, () -> DiffOutput.formats(bad));
            assertTrue(error.getMessage(), error.getMessage().contains("expected text, json or html"));
        }
    }

    @Test
    public void oneFileIsForOneFormat() {
        ImageException error = assertThrows(
                ImageException.class,
                () -> new DiffOutput(
                        new SystemStreamLog(), List.of("json", "html"), Optional.of(Path.of("x")), Path.of(".")));
        assertTrue(error.getMessage(), error.getMessage().contains("one file cannot hold json and html"));
    }
}
