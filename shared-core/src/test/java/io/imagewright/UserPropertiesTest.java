package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.api.ImageBuildResult;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.spec.ImageDescription;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

/** Image properties that the user gives. */
public class UserPropertiesTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void winOverWhatWasFound_andTooLongOnesAreWarnedOf() throws IOException {
        Path disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "gpt", 64)
                .file("boot/config-6.1.0-9-amd64", "")
                .file("usr/bin/startx", "")
                .write();
        Path out = folder.getRoot().toPath().resolve("out");
        ImageDescription plain = Requests.description(disk, "diskdump");
        ImageDescription description = plain.toBuilder()
                .properties(Map.of("KERNEL", "my own", "NOTE", "n".repeat(300)))
                .build();
        List<String> warnings = new ArrayList<>();

        ImageBuildResult result = ImageBuild.run(Requests.inProcess(description, out), event -> {
            if (event instanceof ProgressEvent.Warning warning) {
                warnings.add(warning.message().toString());
            }
        });

        Path meta = result.outputs().get(0).sidecars().values().stream()
                .filter(file -> file.toString().endsWith(".meta"))
                .findFirst()
                .orElseThrow();
        String properties = Files.readString(meta);
        assertTrue(
                properties,
                properties.contains("\"KERNEL\":\"my own\"") || properties.contains("\"KERNEL\": \"my own\""));
        assertTrue(properties, properties.contains("Unknown"));
        assertEquals("6.1.0-9-amd64", result.facts().properties().get("KERNEL"));
        assertTrue(
                warnings.toString(),
                warnings.contains(
                        "The image property NOTE has 300 characters; stores of images take no more than 256."));
    }
}
