package io.imagewright.manifest;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;

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
                host);
        Path file = folder.newFile().toPath();
        written.write(file);
        assertEquals(written, Json.MAPPER.readValue(file.toFile(), BuildRecord.class));
        assertEquals("2023-11-14T22:13:20Z", written.started());
        assertEquals(1.234, written.steps().get(0).seconds(), 0);
        assertEquals("web.build.json", BuildRecord.fileName("web"));
    }

    @Test
    public void namesNeitherUserNorHostNorDirectory() throws Exception {
        Path file = folder.newFile().toPath();
        BuildRecord.of("web", "1", Instant.EPOCH, Duration.ZERO, List.of(), BuildRecord.Host.current(Map.of()))
                .write(file);
        List<String> fields = new ArrayList<>();
        Json.MAPPER.readTree(file.toFile()).get("host").fieldNames().forEachRemaining(fields::add);
        assertEquals(List.of("os", "kernel", "architecture", "cores", "java", "tools"), fields);
    }
}
