package io.imagewright.format;

import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.spec.ImageDescription.Format;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class DockerTargetTest {

    @Test
    public void takesWhatTheGrammarAllows() {
        for (String text :
                List.of("a:1", "web:1.0-SNAPSHOT", "a/b/c:x", "h.example:5000/a__b/c--d:_1", "localhost/a.b:T")) {
            assertEquals(text, DockerTarget.of("oci", text).text());
        }
    }

    @Test
    public void refusesEverythingElse() {
        for (String text : List.of(
                "",
                "web",
                "web:",
                ":1",
                "Web:1",
                "a b:1",
                "a:1/b",
                "../a:1",
                "a//b:1",
                "-a:1",
                "a._b:1",
                "a:-1",
                "a:1 2",
                "a@sha256:00",
                "a:" + "1".repeat(129),
                "a".repeat(256) + ":1",
                "a\n:1")) {
            ImageException error = assertThrows(text, ImageException.class, () -> DockerTarget.of("oci", text));
            assertTrue(error.getMessage(), error.getMessage().contains("name:tag"));
        }
    }

    @Test
    public void isMadeOfNameAndVersion() {
        assertEquals("web:1.0-SNAPSHOT", usual("web", "1.0-SNAPSHOT"));
        assertEquals("my-web-server:1.0-b3", usual("My Web_-.Server!", "1.0+b3"));
        assertEquals("a__b:1", usual("a__b", "1"));
        assertEquals("a-b:1", usual("a..b", "1"));
        assertEquals("x:" + "1".repeat(128), usual("_x_", "1".repeat(300)));
        ImageException error = assertThrows(ImageException.class, () -> usual("\u00e9\u00e9", "1"));
        assertTrue(error.getMessage(), error.getMessage().endsWith("Set formats.options.dockerTarget."));
    }

    private static String usual(String name, String version) {
        return DockerTarget.usual("oci", name, version).text();
    }

    @Test
    public void isCompletedAsDockerDoesIt() {
        assertEquals("docker.io/library/web:1", DockerTarget.of("oci", "web:1").full());
        assertEquals("docker.io/ops/web:1", DockerTarget.of("oci", "ops/web:1").full());
        assertEquals(
                "localhost/web:1", DockerTarget.of("oci", "localhost/web:1").full());
        assertEquals("h:5000/web:1", DockerTarget.of("oci", "h:5000/web:1").full());
    }

    @Test
    public void isAnotherOneForEachDisk_andTheTreeComesOnce() {
        List<PlannedOutput> outputs = OutputPlan.of(
                List.of(
                        new Format("containerdisk", Map.of(), null, null),
                        new Format("oci", Map.of("dockerTarget", "ops/web:2"), null, null)),
                "Web",
                "1.0",
                "",
                2);
        assertEquals(
                List.of(
                        "Web-1.0.containerdisk.tar web:1.0",
                        "Web-1.0.oci.tar ops/web:2",
                        "Web-1.0-disk2.containerdisk.tar web-disk2:1.0"),
                outputs.stream()
                        .map(output ->
                                output.fileName() + " " + output.options().get("dockerTarget"))
                        .toList());
    }
}
