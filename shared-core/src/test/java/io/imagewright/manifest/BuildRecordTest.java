package io.imagewright.manifest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.contents.DirectorySize;
import io.imagewright.error.ImageException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

public class BuildRecordTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void writesTimesAndTheMachine() throws Exception {
        BuildRecord.Host host = new BuildRecord.Host(
                "Linux", "6.1", "amd64", 2, "17.0.1 Debian", new java.util.TreeMap<>(Map.of("qemu-img", "7.2")));
        BuildRecord written = BuildRecord.of(
                "web",
                "1.0",
                Instant.ofEpochSecond(1_700_000_000),
                Duration.ofMillis(2345),
                List.of(BuildRecord.Step.of("shrink", Duration.ofNanos(1_234_567_890L), 42)),
                host,
                new BuildRecord.Size(8L << 30, 1 << 30),
                new DirectorySize("", 7, 2, List.of(new DirectorySize("etc", 7, 1, List.of()))));
        Path file = folder.newFile().toPath();
        written.write(file);
        assertEquals(written, BuildRecord.read(file));
        assertEquals("2023-11-14T22:13:20Z", written.started());
        assertEquals(1.234, written.steps().get(0).seconds(), 0);
        assertEquals("web.build.json", BuildRecord.fileName("web"));
    }

    @Test
    public void refusesWhatIsNoBuildRecord() throws Exception {
        Path file = folder.newFile().toPath();
        for (String text : List.of(
                "",
                "null",
                "{}",
                "{\"schema\": \"image-build/v1\"}",
                "{\"schema\": \"image-build/v2\"}",
                "[".repeat(2000),
                " ".repeat(9 << 20))) {
            Files.writeString(file, text);
            ImageException error = assertThrows(ImageException.class, () -> BuildRecord.read(file));
            assertEquals(ImageException.Kind.SOURCE, error.kind());
        }
    }

    @Test
    public void namesNeitherUserNorHostNorDirectory() throws Exception {
        Path file = folder.newFile().toPath();
        BuildRecord.of(
                        "web",
                        "1",
                        Instant.EPOCH,
                        Duration.ZERO,
                        List.of(),
                        BuildRecord.Host.current(Map.of()),
                        new BuildRecord.Size(0, 0),
                        DirectorySize.NONE)
                .write(file);
        List<String> fields = new ArrayList<>();
        Json.MAPPER.readTree(file.toFile()).get("host").fieldNames().forEachRemaining(fields::add);
        assertEquals(List.of("os", "kernel", "architecture", "cores", "java", "tools"), fields);
    }
}
