package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.ImageInspection;
import io.imagewright.api.ImagePlan;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.progress.ProgressEvent;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

/** The disks of one guest are prepared together, and each becomes an image of its own. */
public class SeveralDisksTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final List<ProgressEvent> events = new ArrayList<>();
    private Path base = Path.of("unset");
    private TwoDisks disks;

    @Before
    public void makeDisks() throws IOException {
        base = folder.getRoot().toPath();
        disks = TwoDisks.in(base.resolve("source"));
    }

    private ImageBuildResult build(ImageDescription description, String out) {
        return ImageBuild.run(Requests.inProcess(description, base.resolve(out)), events::add);
    }

    private Path built(String file) {
        return base.resolve("out").resolve(file);
    }

    @Test
    public void eachDiskIsPreparedShrunkAndWritten() throws IOException {
        assertNotEquals("the markers are there before", 0, TwoDisks.markers(disks.root()));
        assertNotEquals("the markers are there before", 0, TwoDisks.markers(base.resolve("source/data.raw")));
        String before = GuestDisk.shell("sha256sum \"$1\" \"$2\"", disks.root(), disks.data());

        ImageBuildResult result = build(disks.description("raw", "diskdump", "qcow2"), "out");

        assertEquals(
                List.of(
                        "guest-1.raw ",
                        "guest-1.diskdump ",
                        "guest-1.qcow2 ",
                        "guest-1-disk2.raw disk2",
                        "guest-1-disk2.diskdump disk2",
                        "guest-1-disk2.qcow2 disk2"),
                result.outputs().stream()
                        .map(output -> output.file().getFileName() + " " + output.classifier())
                        .toList());
        assertTrue(Files.exists(built("guest-1.diskdump.meta")));
        assertFalse("deployment knows one disk", Files.exists(built("guest-1-disk2.diskdump.meta")));
        assertTrue(Files.exists(built("guest-1-disk2.raw.sha256sum")));
        Map<String, String> properties = result.facts().properties();
        assertEquals("msdos", properties.get("PARTITION_TABLE"));
        assertEquals("1", properties.get("ROOT_PARTITION"));
        assertEquals("2:16", properties.get("SWAP"));

        RawDisk root = new RawDisk(built("guest-1.raw"), 512);
        RawDisk data = new RawDisk(built("guest-1-disk2.raw"), 512);
        String fstab = root.cat(1, "/etc/fstab");
        assertTrue(fstab, fstab.matches("(?s).*UUID=[0-9a-f-]{36} /home .*") && !fstab.contains("/dev/vdb1"));
        assertFalse(root.list(1, "/root").contains(".bash_history"));
        assertEquals(List.of(".", "..", "lost+found", "alice"), data.list(1, "/"));
        assertFalse(data.list(1, "/alice").contains(".bash_history"));
        assertFalse(data.list(3, "/log").contains("syslog"));
        assertEquals(0, TwoDisks.markers(root.file(), data.file()));
        root.requireClean(1, base.resolve("root"));
        data.requireClean(1, base.resolve("home"));
        data.requireClean(3, base.resolve("var"));
        assertEquals("swap of the first disk goes", 1, root.parts().size());
        assertEquals(
                "swap of the second is not deployment's to make",
                3,
                data.parts().size());
        assertTrue(root.size() + " is small", root.size() < 64 << 20);
        assertTrue(data.size() + " is small", data.size() < 100 << 20);
        GuestDisk.run(
                "qemu-img",
                "compare",
                data.file().toString(),
                built("guest-1-disk2.qcow2").toString());

        assertEquals(
                List.of(), FinishedImage.open(base.resolve("out"), "guest", "1").verify(ProgressListener.NONE));
        assertEquals(before, GuestDisk.shell("sha256sum \"$1\" \"$2\"", disks.root(), disks.data()));
    }

    @Test
    public void theManifestDistinguishesDisks() throws IOException {
        ImageBuildResult result = build(disks.description("qcow2"), "out");

        ImageManifest manifest = ManifestFile.read(result.manifest());
        assertEquals(Long.valueOf(120 << 20), manifest.source().size());
        assertEquals(
                List.of("qcow2 " + (140 << 20)),
                manifest.source().disks().stream()
                        .map(disk -> disk.format() + " " + disk.size())
                        .toList());
        assertNotEquals(
                manifest.source().sha256(), manifest.source().disks().get(0).sha256());
        assertEquals(
                List.of("1.1 ext4", "2.1 ext4", "2.2 swap", "2.3 ext4"),
                manifest.partitions().stream()
                        .map(part -> part.disk() + "." + part.number() + " " + part.fileSystem())
                        .toList());
        assertEquals(
                List.of("1 guest-1.qcow2", "2 guest-1-disk2.qcow2"),
                manifest.artifacts().stream()
                        .map(artifact -> artifact.disk() + " " + artifact.file())
                        .toList());
    }

    @Test
    public void theManifestOfOneDiskSaysNothingOfDisks() throws IOException {
        Path disk = new GuestDisk(base.resolve("one"), "gpt", 64).write();
        String manifest =
                Files.readString(build(Requests.description(disk, "raw"), "out").manifest());
        assertFalse(manifest, manifest.contains("\"disk\":") || manifest.contains("\"disks\":"));
        assertTrue(manifest, manifest.contains("\"format\": \"raw\"\n  },\n  \"facts\""));
    }

    @Test
    public void sameDisks_sameBytes() throws IOException {
        build(disks.description("raw", "qcow2"), "out");
        build(disks.description("raw", "qcow2"), "again");
        try (Stream<Path> files = Files.list(base.resolve("out"))) {
            for (Path file : files.filter(file -> !file.toString().endsWith(".build.json"))
                    .toList()) {
                assertEquals(
                        file.toString(),
                        -1,
                        Files.mismatch(file, base.resolve("again").resolve(file.getFileName())));
            }
        }
    }

    @Test
    public void isUpToDate_untilAnyDiskChanges() throws IOException {
        ImageBuildRequest request = unforced(disks.description("raw"));
        assertFalse(ImageBuild.run(request, events::add).isUpToDate());
        assertTrue(ImageBuild.run(request, events::add).isUpToDate());
        GuestDisk.run(
                "qemu-io",
                "-f",
                "qcow2",
                "-c",
                "write -P 7 20M 64k",
                disks.data().toString());
        assertFalse(ImageBuild.run(request, events::add).isUpToDate());
    }

    private ImageBuildRequest unforced(ImageDescription description) {
        ImageBuildRequest forced = Requests.inProcess(description, base.resolve("out"));
        return forced.toBuilder().force(false).build();
    }

    @Test
    public void inspectAndPlanListTheDisks() {
        ImageBuildRequest request = Requests.inProcess(disks.description("qcow2"), base.resolve("out"));
        ImageInspection inspection = ImageBuild.inspect(request, events::add);
        assertEquals(
                List.of("root.raw raw msdos", "data.qcow2 qcow2 gpt"),
                inspection.disks().stream()
                        .map(disk -> disk.file() + " " + disk.format() + " " + disk.partitionTable())
                        .toList());
        assertEquals(
                List.of(
                        "partition 1",
                        "partition 2",
                        "partition 1 of disk 2",
                        "partition 2 of disk 2",
                        "partition 3 of disk 2"),
                inspection.facts().volumes().stream()
                        .map(volume -> volume.describe())
                        .toList());
        ImagePlan plan = ImageBuild.plan(request, events::add);
        assertEquals(List.of("guest-1.qcow2", "guest-1-disk2.qcow2"), plan.files());
        assertEquals(
                "swap partition 2 is removed, partition 1 becomes as small as its content allows; partition 3 of disk 2"
                        + " becomes as small as its content allows",
                plan.shrink());
    }

    @Test
    public void disksThatAreNotUnderstoodAreTakenAsTheyAre() throws IOException {
        Path noise = Files.write(base.resolve("noise.raw"), new byte[] {1, 2, 3});
        GuestDisk.run("truncate", "-s", "3M", noise.toString());
        Path data = base.resolve("source/data.raw");
        ImageDescription description = TwoDisks.allowingUnsupported(TwoDisks.of(List.of(noise, data), "raw"));
        build(description, "out");
        assertEquals(-1, Files.mismatch(noise, built("guest-1.raw")));
        assertEquals(-1, Files.mismatch(data, built("guest-1-disk2.raw")));
    }
}
