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

    private static final String KNOWN =
            "Known: diskdump, extdump, ntfsdump, raw, raw.gz, raw.xz, raw.zst, qcow2, vmdk, ova, vhd, vhdx, vdi, tar, tgz, "
                    + "tar.zst, squashfs, oci, docker, containerdisk.";

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
    public void dumpsThePartitionOfTheFirstDiskAlone() {
        List<PlannedOutput> outputs =
                OutputPlan.of(List.of(format("extdump", null), format("raw", null)), "web", "1.0", "", 2);
        assertEquals(
                List.of("web-1.0.extdump", "web-1.0.raw", "web-1.0-disk2.raw"),
                outputs.stream().map(PlannedOutput::fileName).toList());
        assertEquals(List.of("extdump"), OutputPlan.dumps(outputs));
        assertEquals(List.of("meta", "variant"), outputs.get(0).sidecarExtensions());
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
        assertEquals(qcow2("zlib", "6", "64KiB", "3"), options(Map.of()));
        assertEquals(qcow2("zstd", "3", "64KiB", "3"), options(Map.of("compression", "zstd")));
        assertEquals(qcow2("off", "0", "64KiB", "3"), options(Map.of("compression", "off")));
        assertEquals(qcow2("off", "0", "64KiB", "3"), options(Map.of("compression", "false")));
        assertEquals(qcow2("zlib", "9", "64KiB", "3"), options(Map.of("level", "9")));
        assertEquals(qcow2("zlib", "6", "1MiB", "2"), options(Map.of("clusterSize", "1024K", "version", "2")));
        assertEquals(
                Map.of("subformat", "monolithicSparse"),
                OutputFormats.of("vmdk").complete(Map.of()));
        assertEquals(Map.of("subformat", "azure"), OutputFormats.of("vhd").complete(Map.of("subformat", "azure")));
        assertEquals(Map.of("level", "0"), OutputFormats.of("raw.xz").complete(Map.of("level", "0")));
    }

    private static Map<String, String> qcow2(String compression, String level, String clusterSize, String version) {
        return Map.of("compression", compression, "level", level, "clusterSize", clusterSize, "version", version);
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
        refused(KNOWN, format("iso9660", null));
        refused(KNOWN, format("x".repeat(100_000), null));
    }

    @Test
    public void refusesDisksThatAreTooLarge() {
        OutputFormats.of("vhd")
                .requireHolds(2040L << 30, OutputFormats.of("vhd").complete(Map.of()));
        OutputFormats.of("qcow2")
                .requireHolds(8L << 40, OutputFormats.of("qcow2").complete(Map.of("clusterSize", "4KiB")));
        assertThrows(
                ImageException.class,
                () -> OutputFormats.of("vhd")
                        .requireHolds(
                                (2040L << 30) + 512, OutputFormats.of("vhd").complete(Map.of())));
        ImageException refused = assertThrows(
                ImageException.class,
                () -> OutputFormats.of("qcow2")
                        .requireHolds(
                                (8L << 40) + 512, OutputFormats.of("qcow2").complete(Map.of("clusterSize", "4KiB"))));
        assertTrue(refused.getMessage(), refused.getMessage().contains("8192 GiB at the most with this clusterSize"));
    }

    @Test
    public void refusesBadOptions() {
        refused("Did you mean 'compression'?", options("compresion", "zlib"));
        refused("this format has no options", new Format("raw", Map.of("level", "1"), null, null));
        refused("one of off, zlib, zstd", options("compression", "gzip"));
        for (String level : List.of("0", "10", "-1", "fast", "", "99999999999")) {
            refused("a number from 1 to 9 for zlib", options("level", level));
        }
        for (String size : List.of("2KiB", "2MiB", "5000", "0", "-1", "64KB", "99999999999999999999")) {
            refused("a power of two from 4KiB to 1MiB", options("clusterSize", size));
        }
        refused("2 or 3", options("version", "4"));
        refused(
                "zstd, which version 2 does not know",
                new Format("qcow2", Map.of("compression", "zstd", "version", "2"), null, null));
        refused("a number from 0 to 9", new Format("raw.xz", Map.of("level", "10"), null, null));
        refused(
                "one of monolithicSparse, streamOptimized",
                new Format("vmdk", Map.of("subformat", "flat"), null, null));
        refused("whole MiB up to 1TiB", new Format("ova", Map.of("memory", "1000000"), null, null));
        refused("a number from 1 to 256", new Format("ova", Map.of("processors", "0"), null, null));
        refused("one of bios, efi", new Format("ova", Map.of("firmware", "uefi"), null, null));
        refused("one of dynamic, fixed, azure", new Format("vhd", Map.of("subformat", "fixd"), null, null));
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

    private static void refused(String reason, Format... formats) {
        ImageException error = assertThrows(ImageException.class, () -> plan(formats));
        assertEquals(Kind.DESCRIPTION, error.kind());
        assertTrue(error.getMessage(), error.getMessage().contains(reason));
    }
}
