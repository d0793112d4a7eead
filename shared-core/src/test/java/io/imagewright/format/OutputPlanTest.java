package io.imagewright.format;

import java.util.List;
import java.util.Map;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.spec.ImageDescription.Format;
import org.jspecify.annotations.Nullable;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class OutputPlanTest {

    @Test
    public void namesFilesByNameVersionAndExtension() {
        List<PlannedOutput> outputs = plan(format("qcow2", null), format("diskdump", null), format("raw", null));
        assertEquals(
                List.of("web-1.0.qcow2", "web-1.0.diskdump", "web-1.0.raw"),
                outputs.stream().map(PlannedOutput::fileName).toList());
        assertEquals(
                List.of("qcow2", "diskdump", "raw"),
                outputs.stream().map(PlannedOutput::artifactType).toList());
        assertEquals("", outputs.get(0).classifier());
    }

    @Test
    public void putsAGivenClassifierIntoTheName() {
        PlannedOutput output = plan(format("diskdump", "raw")).get(0);
        assertEquals("web-1.0-raw.diskdump", output.fileName());
        assertEquals("raw", output.classifier());
    }

    @Test
    public void leavesTheDefaultClassifierOutOfTheName() {
        PlannedOutput output = OutputPlan.of(List.of(format("raw", null)), "web", "1.0", "web", 1)
                .get(0);
        assertEquals("web-1.0.raw", output.fileName());
        assertEquals("web", output.classifier());
    }

    @Test
    public void takesAFileNameAsItIs() {
        Format format = new Format("raw", Map.of(), null, "disk.img");
        assertEquals("disk.img", plan(format).get(0).fileName());
    }

    @Test
    public void namesFurtherDisks_inFilesAndClassifiers() {
        Format named = new Format("raw", Map.of(), "r", "my.disk.img");
        List<PlannedOutput> outputs =
                OutputPlan.of(List.of(format("diskdump", null), format("qcow2", "small"), named), "web", "1.0", "", 2);
        assertEquals(
                List.of(
                        "web-1.0.diskdump ",
                        "web-1.0-small.qcow2 small",
                        "my.disk.img r",
                        "web-1.0-disk2.diskdump disk2",
                        "web-1.0-small-disk2.qcow2 small-disk2",
                        "my.disk-disk2.img r-disk2"),
                outputs.stream()
                        .map(output -> output.fileName() + " " + output.classifier())
                        .toList());
        assertEquals(List.of("meta", "variant"), outputs.get(0).sidecarExtensions());
        assertEquals(List.of(), outputs.get(3).sidecarExtensions());
    }

    @Test
    public void refusesAClassifierThatIsAFurtherDisks() {
        ImageException error = assertThrows(
                ImageException.class,
                () -> OutputPlan.of(List.of(format("raw", null), format("raw", "disk2")), "web", "1.0", "", 2));
        assertTrue(error.getMessage(), error.getMessage().contains("web-1.0-disk2.raw"));
    }

    @Test
    public void fillsInTheDefaultsOfOptions() {
        assertEquals(Map.of("compression", "zlib", "level", "6"), options(Map.of()));
        assertEquals(Map.of("compression", "zstd", "level", "3"), options(Map.of("compression", "zstd")));
        assertEquals(Map.of("compression", "off", "level", "0"), options(Map.of("compression", "off")));
        assertEquals(Map.of("compression", "off", "level", "0"), options(Map.of("compression", "false")));
        assertEquals(Map.of("compression", "zlib", "level", "9"), options(Map.of("level", "9")));
    }

    @Test
    public void refuses_whenTwoOutputsGetOneName() {
        refused("both would get the file name web-1.0.raw", format("raw", null), format("raw", null));
        refused("both would get the file name x", named("raw", "x"), named("qcow2", "x"));
    }

    @Test
    public void refuses_whenTwoOutputsGetOneCoordinate() {
        refused("both would get the type raw without a classifier", named("raw", "x"), named("raw", "y"));
    }

    @Test
    public void refuses_whenAnOutputHasTheNameOfAnothersSidecar() {
        for (String sidecar : List.of("md5sum", "sha256sum", "meta", "variant")) {
            refused("web-1.0.qcow2." + sidecar, format("qcow2", null), named("raw", "web-1.0.qcow2." + sidecar));
        }
        refused("web-1.0.image-manifest.json", named("raw", "web-1.0.image-manifest.json"));
        refused("web.build.json", named("raw", "web.build.json"));
    }

    @Test
    public void suggests_whenTheFormatIsMisspelt() {
        refused("Did you mean 'qcow2'?", format("qcow", null));
        refused("Did you mean 'diskdump'?", format("DiskDump", null));
        refused("Known: diskdump, raw, qcow2.", format("iso9660", null));
        refused("Known: diskdump, raw, qcow2.", format("x".repeat(100_000), null));
    }

    @Test
    public void refusesBadOptions() {
        refused("Did you mean 'compression'?", options("compresion", "zlib"));
        refused("this format has no options", new Format("raw", Map.of("level", "1"), null, null));
        refused("one of off, zlib, zstd", options("compression", "gzip"));
        for (String level : List.of("0", "10", "-1", "fast", "", "99999999999")) {
            refused("a number from 1 to 9 for zlib", options("level", level));
        }
        refused(
                "left out when compression is off",
                new Format("qcow2", Map.of("compression", "off", "level", "1"), null, null));
    }

    @Test
    public void refusesNamesThatLeaveTheDirectory() {
        for (String name : List.of("../x", "/x", "..", ".hidden", "", "a\nb", "a\0b")) {
            refused("Bad file name", named("raw", name));
        }
        refused("longer than", named("raw", "x".repeat(250)));
        refused("Bad classifier", format("raw", "a/b"));
    }

    private static Map<String, String> options(Map<String, String> given) {
        return plan(new Format("qcow2", given, null, null)).get(0).options();
    }

    private static Format options(String name, String value) {
        return new Format("qcow2", Map.of(name, value), null, null);
    }

    private static Format format(String type, @Nullable String classifier) {
        return new Format(type, Map.of(), classifier, null);
    }

    private static Format named(String type, String file) {
        return new Format(type, Map.of(), null, file);
    }

    private static List<PlannedOutput> plan(Format... formats) {
        return OutputPlan.of(List.of(formats), "web", "1.0", "", 1);
    }

    private static void refused(String why, Format... formats) {
        ImageException error = assertThrows(ImageException.class, () -> plan(formats));
        assertEquals(Kind.DESCRIPTION, error.kind());
        assertTrue(error.getMessage(), error.getMessage().contains(why));
    }
}
