package io.imagewright.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.api.ImageBuildResult.Output;
import io.imagewright.api.ImageBuildResult.StepReport;
import io.imagewright.guest.inspect.Facts;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

public class BuildSummaryTest {

    @Test
    public void listsStepsSizesAndDigests() {
        ImageBuildResult result = new ImageBuildResult(
                "web",
                8L << 30,
                1L << 30,
                List.of(new Output(
                        Path.of("target/image/web-1.0.qcow2"),
                        "qcow2",
                        "qcow2",
                        "",
                        1L << 30,
                        400L << 20,
                        Map.of("sha256", "abc", "md5", "def"),
                        Map.of())),
                Path.of("target/image/web-1.0.image-manifest.json"),
                null,
                new Facts("linux", "debian", "Debian GNU/Linux 12", "12", List.of(), List.of(), Map.of(), List.of()),
                List.of(),
                List.of(new StepReport("shrink", 1.25, 1024), new StepReport("write", 2, 0)),
                Map.of());
        List<String> lines = BuildSummary.of(result);
        assertEquals(
                "Image web: Debian GNU/Linux 12, from a disk of virtual size 8.0 GiB, stored 1.0 GiB", lines.get(0));
        assertTrue(
                lines.toString(),
                lines.stream().anyMatch(line -> line.matches("shrink +1\\.[23] +1.0 KiB  removed from the disk")));
        assertEquals(
                List.of(
                        "Files in " + Path.of("target/image").toAbsolutePath() + ":",
                        "web-1.0.qcow2: virtual size 1.0 GiB, stored 400.0 MiB",
                        "  md5 def",
                        "  sha256 abc"),
                lines.subList(lines.size() - 4, lines.size()));
    }
}
