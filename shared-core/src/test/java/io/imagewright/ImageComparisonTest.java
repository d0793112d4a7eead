package io.imagewright;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.diff.Count;
import io.imagewright.diff.Difference;
import io.imagewright.diff.FileChange;
import io.imagewright.diff.ValueChange;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** What changed from one real disk to another. */
public class ImageComparisonTest {

    private static final String STATUS =
            "Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: %s\n\n";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private GuestDisk guest(String name, String bash) throws Exception {
        return new GuestDisk(folder.getRoot().toPath().resolve(name), "dos", 64)
                .file("var/lib/dpkg/status", String.format(STATUS, bash));
    }

    private static Difference compare(Path before, Path after) {
        return ImageComparison.difference(
                new ImageComparison.Request(
                        before,
                        after,
                        ImageDescription.EngineChoice.AUTO,
                        null,
                        new ImageBuildRequest.WorkerSettings(false, Requests.classPath())),
                ProgressListener.NONE);
    }

    @Test
    public void whatChangedIsReported_andNothingElse() throws Exception {
        Path before = guest("one", "5.1").file("usr/share/gone", "x".repeat(10)).write();
        Path after = guest("two", "5.2")
                .file("usr/share/added", "x".repeat(1000))
                .file("etc/debian_version", "12.10\n")
                .write();
        FileStates source = FileStates.of(before.getParent());
        Difference difference = compare(before, after);
        source.requireUnchanged();

        assertEquals(List.of("/usr/share/added"), paths(difference, "added"));
        assertEquals(List.of("/usr/share/gone"), paths(difference, "removed"));
        assertTrue(paths(difference, "changed").contains("/etc/debian_version"));
        assertEquals(new Count(1, 1000), difference.files().all().added());
        assertEquals(new Count(1, 10), difference.files().all().removed());
        assertEquals(
                List.of("bash 5.1 5.2"),
                difference.packages().changed().stream()
                        .map(change -> change.name() + " " + change.before() + " " + change.after())
                        .toList());
        assertEquals(List.of(), difference.packages().added());
    }

    private static List<String> paths(Difference difference, String kind) {
        return difference.files().largest().stream()
                .filter(change -> change.kind().word().equals(kind))
                .map(FileChange::path)
                .toList();
    }

    @Test
    public void theSameDiskInAnotherFormat_hasNoDifference() throws Exception {
        Path raw = guest("one", "5.1").write();
        Path qcow2 = folder.getRoot().toPath().resolve("disk.qcow2");
        GuestDisk.run("qemu-img", "convert", "-f", "raw", "-O", "qcow2", raw.toString(), qcow2.toString());
        Difference difference = compare(raw, qcow2);
        assertTrue(difference.json(), difference.none());
        assertTrue(compare(raw, raw).none());
    }

    @Test
    public void aFinishedImageIsFoundByItsManifest() throws Exception {
        Path disk = guest("one", "5.1").write();
        Path out = folder.getRoot().toPath().resolve("out");
        ImageBuildResult result = ImageBuild.run(Requests.of(disk, out, "raw.gz", "qcow2"), ProgressListener.NONE);
        Difference difference = compare(disk, result.manifest());
        assertTrue(difference.json(), paths(difference, "removed").contains("/tmp/rubbish"));
        List<String> facts = difference.facts().stream().map(ValueChange::name).toList();
        assertTrue(facts.toString(), facts.contains("size") && !facts.contains("product"));
        assertEquals(
                "3:16",
                difference.properties().stream()
                        .filter(change -> change.name().equals("SWAP"))
                        .findFirst()
                        .orElseThrow()
                        .after());

        Files.delete(out.resolve("guest-1.qcow2"));
        ImageException refused = assertThrows(ImageException.class, () -> compare(disk, result.manifest()));
        assertTrue(
                refused.getMessage(),
                refused.getMessage().contains("none of its files")
                        && refused.getMessage().contains("guest-1.raw.gz"));
    }

    @Test
    public void whatIsNoImage_isAClearError() throws Exception {
        Path disk = guest("one", "5.1").write();
        Path missing = folder.getRoot().toPath().resolve("missing.raw");
        ImageException error = assertThrows(ImageException.class, () -> compare(disk, missing));
        assertTrue(error.getMessage(), error.getMessage().startsWith("Cannot compare " + missing));
        Path manifest =
                Files.writeString(folder.getRoot().toPath().resolve("x.image-manifest.json"), "{\"schema\": 1}");
        assertEquals(
                ImageException.Kind.SOURCE,
                assertThrows(ImageException.class, () -> compare(manifest, disk))
                        .kind());
    }
}
