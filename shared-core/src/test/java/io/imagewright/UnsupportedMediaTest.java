package io.imagewright;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.ImageInspection;
import io.imagewright.api.ImagePlan;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** Media that are not understood: refused, or, when the user says so, taken byte by byte. */
public class UnsupportedMediaTest {

    private static final long MIB = 1 << 20;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<String> warnings = new ArrayList<>();
    private Path out = Path.of("unset");

    @Before
    public void setUp() {
        out = folder.getRoot().toPath().resolve("out");
    }

    /** Two systems, and bytes where no partition is. */
    private Path twoSystems() throws IOException {
        Path tree = GuestDisk.tree(folder.getRoot().toPath().resolve("guest"));
        return new LaidOutDisk(folder.getRoot().toPath().resolve("two.raw"), 90)
                .table(512, "label: gpt", "start=2048, size=65536, type=L", "start=81920, size=65536, type=L")
                .ext4(1, 32, tree)
                .ext4(40, 32, tree)
                .put(35, "between".getBytes(StandardCharsets.US_ASCII))
                .put(80, "behind".getBytes(StandardCharsets.US_ASCII))
                .file();
    }

    private static ImageDescription allowing(ImageDescription plain, long size) {
        return plain.toBuilder()
                .customise(List.of())
                .size(size == 0 ? null : size)
                .allowUnsupported(true)
                .properties(Map.of("NOTE", "mine"))
                .build();
    }

    private static ImageDescription allowing(ImageDescription plain) {
        return allowing(plain, 0);
    }

    private ImageBuildResult build(ImageDescription description) {
        return ImageBuild.run(Requests.inProcess(description, out), event -> {
            if (event instanceof ProgressEvent.Warning warning) {
                warnings.add(warning.message().toString());
            }
        });
    }

    private static ImageDescription direct(Path disk) {
        return Requests.with(Requests.description(disk, "raw"), ImageDescription.EngineChoice.DIRECT);
    }

    private void refused(Path disk, String what) {
        ImageException failure = assertThrows(ImageException.class, () -> build(direct(disk)));
        assertEquals(ImageException.Kind.UNSUPPORTED, failure.kind());
        assertTrue(failure.getMessage(), failure.getMessage().startsWith(disk.getFileName() + ": " + what));
        assertTrue(failure.getMessage(), failure.getMessage().contains("allowUnsupported"));
    }

    private void takenAsItIs(Path disk, Path source, String reason) throws IOException {
        ImageBuildResult result = build(allowing(direct(source)));
        assertEquals(-1, Files.mismatch(disk, result.outputs().get(0).file()));
        Map<String, String> properties = result.facts().properties();
        assertEquals(reason + ".", properties.get("UNSUPPORTED"));
        assertEquals("yes", properties.get("EXCLUDE_ALL_TASKS"));
        assertFalse(properties.containsKey("OSFAMILY"));
        assertFalse(properties.containsKey("SWAP"));
        assertTrue(warnings.toString(), warnings.get(0).contains(": Media is not supported. Reason: " + reason));
        assertEquals(warnings.toString(), 1, warnings.size());
        assertTrue(result.operations().stream().allMatch(operation -> operation.changes() == 0));
    }

    @Test
    public void severalSystems() throws IOException {
        Path disk = twoSystems();
        refused(disk, "Multiple operating systems found on the media: partition 1, partition 2");
        takenAsItIs(disk, disk, "Multiple operating systems found on the media");
    }

    @Test
    public void severalSystems_inAContainer() throws IOException {
        Path disk = twoSystems();
        Path qcow2 = disk.resolveSibling("two.qcow2");
        GuestDisk.run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", disk.toString(), qcow2.toString());
        takenAsItIs(disk, qcow2, "Multiple operating systems found on the media");
    }

    @Test
    public void noSystem_orNothingKnownAtAll() throws IOException {
        Path disk = new LaidOutDisk(folder.getRoot().toPath().resolve("data.raw"), 40)
                .put(3, "some data".getBytes(StandardCharsets.US_ASCII))
                .file();
        refused(disk, "Unable to detect any operating system on the media: the whole disk: unknown");
        takenAsItIs(disk, disk, "Unable to detect any operating system on the media");
    }

    @Test
    public void aSystemThatNobodyKnows() throws IOException {
        Path tree = folder.newFolder("unknown").toPath();
        Files.createDirectories(tree.resolve("etc"));
        Files.createDirectories(tree.resolve("bin"));
        Files.writeString(tree.resolve("etc/lsb-release"), "LSB_VERSION=1.4\n");
        Path disk = new LaidOutDisk(folder.getRoot().toPath().resolve("unknown.raw"), 40)
                .table(512, "label: dos", "start=2048, size=65536, type=83")
                .ext4(1, 32, tree)
                .file();
        refused(disk, "Unknown Operating System: partition 1");
        takenAsItIs(disk, disk, "Unknown Operating System");
    }

    @Test
    public void actionsAreNotLeftOutSilently() throws IOException {
        Path disk = twoSystems();
        ImageDescription plain = allowing(Requests.description(disk, "raw"));
        ImageDescription customised = plain.toBuilder()
                .customise(List.of(new ImageDescription.Action("mkdir", Map.of("path", "/srv/x"))))
                .allowUnsupported(true)
                .build();
        ImageException failure = assertThrows(ImageException.class, () -> build(customised));
        assertTrue(
                failure.getMessage(),
                failure.getMessage().startsWith("Cannot customise the guest: the medium is not supported"));
    }

    @Test
    public void logicalVolumes_besideARoot() throws IOException {
        Path tree = GuestDisk.tree(folder.getRoot().toPath().resolve("guest"));
        Path disk = new LaidOutDisk(folder.getRoot().toPath().resolve("lvm.raw"), 90)
                .table(512, "label: dos", "start=2048, size=65536, type=83", "start=81920, size=65536, type=8e")
                .ext4(1, 32, tree)
                .put(40, physicalVolume())
                .file();
        refused(disk, "The media contains logical volumes: partition 2");
        takenAsItIs(disk, disk, "The media contains logical volumes");
    }

    @Test
    public void fileSystemsOfOtherEngines() throws IOException {
        Path disk = new LaidOutDisk(folder.getRoot().toPath().resolve("btrfs.raw"), 40)
                .table(512, "label: dos", "start=2048, size=65536, type=83")
                .put(1, btrfs())
                .file();
        refused(disk, "The engine direct cannot serve this guest: partition 1, which may hold the guest, is btrfs");
        takenAsItIs(disk, disk, "The engine direct cannot serve this guest");
    }

    @Test
    public void whatIsUnderstood_isPreparedAllTheSame() throws IOException {
        Path disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64).write();
        ImageBuildResult result = build(allowing(Requests.description(disk, "raw")));
        assertEquals("linux", result.facts().properties().get("OSFAMILY"));
        assertFalse(result.facts().properties().containsKey("UNSUPPORTED"));
        assertTrue(Files.size(result.outputs().get(0).file()) < Files.size(disk));
    }

    @Test
    public void anotherSize_isRefused() throws IOException {
        Path disk = twoSystems();
        ImageException failure =
                assertThrows(ImageException.class, () -> build(allowing(Requests.description(disk, "raw"), 100 * MIB)));
        assertTrue(failure.getMessage(), failure.getMessage().contains("(size)"));
        assertEquals(ImageException.Kind.DESCRIPTION, failure.kind());
    }

    @Test
    public void inspectionAndPlan_sayTheSame() throws IOException {
        Path disk = twoSystems();
        ImageBuildRequest allowing = Requests.inProcess(allowing(Requests.description(disk, "raw")), out);
        ImageInspection inspection = ImageBuild.inspect(allowing, ProgressListener.NONE);
        assertEquals(
                Map.of(
                        "BOOTSTRAP", "none",
                        "PARTITION_TABLE", "gpt",
                        "EXCLUDE_ALL_TASKS", "yes",
                        "UNSUPPORTED", "Multiple operating systems found on the media."),
                inspection.facts().properties());
        assertEquals(2, inspection.facts().volumes().size());
        assertTrue(inspection.operations().stream().noneMatch(ImageInspection.OperationInfo::applies));
        ImagePlan plan = ImageBuild.plan(allowing, ProgressListener.NONE);
        assertEquals("Shrinking is disabled for unsupported images", plan.shrink());
        assertFalse(plan.operations().isEmpty());
        plan.operations()
                .forEach(operation ->
                        assertEquals("System preparation is disabled for unsupported media", operation.skipped()));
        ImageBuildRequest refusing = Requests.inProcess(Requests.description(disk, "raw"), out);
        assertThrows(ImageException.class, () -> ImageBuild.inspect(refusing, ProgressListener.NONE));
        assertThrows(ImageException.class, () -> ImageBuild.plan(refusing, ProgressListener.NONE));
    }

    /** All bytes of the medium are in the output, so that all count; those of free space too. */
    @Test
    public void isUpToDate_untilAnyByteChanges() throws IOException {
        Path disk = twoSystems();
        ImageBuildRequest forcing = Requests.inProcess(allowing(Requests.description(disk, "raw")), out);
        ImageBuildRequest request = forcing.toBuilder()
                .outputDirectory(out)
                .workDirectory(null)
                .defaultClassifier("")
                .force(false)
                .build();
        ImageBuildResult first = ImageBuild.run(request, ProgressListener.NONE);
        assertFalse(first.steps().isEmpty());
        assertTrue(ImageBuild.run(request, ProgressListener.NONE).steps().isEmpty());
        GuestDisk.put(disk, 80 * MIB, "BEHIND".getBytes(StandardCharsets.US_ASCII));
        ImageBuildResult second = ImageBuild.run(request, ProgressListener.NONE);
        assertFalse(second.steps().isEmpty());
        assertEquals(-1, Files.mismatch(disk, second.outputs().get(0).file()));
    }

    /** The label of an LVM physical volume, see {@code label.h} of LVM2. */
    private static byte[] physicalVolume() {
        ByteBuffer label = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        label.position(512);
        label.put("LABELONE".getBytes(StandardCharsets.US_ASCII))
                .putLong(1)
                .putInt(0)
                .putInt(32);
        label.put("LVM2 001".getBytes(StandardCharsets.US_ASCII))
                .put("x".repeat(32).getBytes(StandardCharsets.US_ASCII));
        int crc = 0xf597a6cf;
        for (int at = 512 + 20; at < 1024; at++) {
            crc ^= Byte.toUnsignedInt(label.get(at));
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ ((crc & 1) != 0 ? 0xedb88320 : 0);
            }
        }
        return label.putInt(512 + 16, crc).array();
    }

    /** As much of a btrfs superblock as it takes to be known. */
    private static byte[] btrfs() {
        ByteBuffer block = ByteBuffer.allocate((64 << 10) + 4096).order(ByteOrder.LITTLE_ENDIAN);
        block.put((64 << 10) + 64, "_BHRfS_M".getBytes(StandardCharsets.US_ASCII));
        return block.array();
    }
}
