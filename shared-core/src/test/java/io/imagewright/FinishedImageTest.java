package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressListener;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class FinishedImageTest {

    @ClassRule
    public static final TemporaryFolder BUILT = new TemporaryFolder();

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path directory;

    @Before
    public void copyABuiltImage() throws IOException {
        Path built = BUILT.getRoot().toPath().resolve("out");
        if (!Files.exists(built)) {
            Path disk = new GuestDisk(BUILT.getRoot().toPath().resolve("guest"), "dos", 64).write();
            ImageBuild.run(Requests.of(disk, built, "qcow2", "raw", "diskdump"), ProgressListener.NONE);
        }
        directory = folder.getRoot().toPath();
        try (Stream<Path> files = Files.list(built)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
    }

    @Test
    public void aWholeImageHasNoFindings() {
        assertEquals(List.of(), verify());
    }

    @Test
    public void oneChangedByteIsFound() throws IOException {
        GuestDisk.put(directory.resolve("guest-1.raw"), 3 << 20, new byte[] {42});
        List<String> findings = verify();
        assertEquals(findings.toString(), 2, findings.size());
        assertTrue(findings.get(0), findings.get(0).startsWith("guest-1.raw: md5 is "));
        assertTrue(findings.get(1), findings.get(1).startsWith("guest-1.raw: sha256 is "));
    }

    @Test
    public void aMissingFileIsFound() throws IOException {
        Files.delete(directory.resolve("guest-1.qcow2"));
        assertEquals(List.of("guest-1.qcow2 is missing."), verify());
    }

    @Test
    public void aSidecarThatSaysOtherwiseIsFound() throws IOException {
        Files.writeString(directory.resolve("guest-1.raw.md5sum"), "0".repeat(32) + "  guest-1.raw\n");
        List<String> findings = verify();
        assertEquals(findings.toString(), 1, findings.size());
        assertTrue(
                findings.get(0),
                findings.get(0).startsWith("guest-1.raw.md5sum says 00000000000000000000000000000000,"));
    }

    @Test
    public void aMissingOrAlteredFileBesideIsFound() throws IOException {
        Files.delete(directory.resolve("guest-1.raw.md5sum"));
        Files.writeString(directory.resolve("guest-1.diskdump.meta"), "{}");
        Files.delete(directory.resolve("guest-1.diskdump.variant"));
        assertEquals(
                List.of(
                        "guest-1.raw.md5sum is missing.",
                        "guest-1.diskdump.meta is not what was built with the image.",
                        "guest-1.diskdump.variant is missing."),
                verify());
    }

    @Test
    public void aSidecarThatNamesAnotherFileIsFound() throws IOException {
        Path sidecar = directory.resolve("guest-1.raw.md5sum");
        Files.writeString(sidecar, Files.readString(sidecar).replace("guest-1.raw", "guest-2.raw"));
        assertEquals(List.of("guest-1.raw.md5sum speaks of another file."), verify());
    }

    @Test
    public void aManifestThatNamesAFileElsewhereIsRefused() throws IOException {
        Path manifest = directory.resolve("guest-1.image-manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("guest-1.raw", "../../etc/passwd"));
        ImageException failure = assertThrows(ImageException.class, this::verify);
        assertTrue(failure.getMessage(), failure.getMessage().contains("no plain file name"));
    }

    @Test
    public void withoutAManifestThereIsNoImage() throws IOException {
        Files.delete(directory.resolve("guest-1.image-manifest.json"));
        ImageException failure = assertThrows(ImageException.class, this::verify);
        assertTrue(failure.getMessage(), failure.getMessage().contains("image:build"));
    }

    @Test
    public void checksumsAreWrittenAnew_andTheManifestKnowsThem() throws IOException {
        Files.delete(directory.resolve("guest-1.raw.md5sum"));
        TreeSet<String> before = names();
        open().checksum(List.of("md5", "sha512"), ProgressListener.NONE);
        TreeSet<String> after = names();
        before.addAll(List.of(
                "guest-1.raw.md5sum",
                "guest-1.raw.sha512sum",
                "guest-1.qcow2.sha512sum",
                "guest-1.diskdump.sha512sum"));
        assertEquals(before, after);
        GuestDisk.shell("cd \"$1\" && md5sum -c --quiet *.md5sum && sha512sum -c --quiet *.sha512sum", directory);
        assertEquals(List.of(), verify());
        assertTrue(Files.readString(directory.resolve("guest-1.image-manifest.json"))
                .contains("\"sha512\""));
    }

    @Test
    public void checksumsOfAnotherFileAreNotWritten() throws IOException {
        GuestDisk.put(directory.resolve("guest-1.raw"), 3 << 20, new byte[] {42});
        TreeSet<String> before = names();
        assertThrows(ImageException.class, () -> open().checksum(List.of("sha512"), ProgressListener.NONE));
        assertEquals(before, names());
    }

    private List<String> verify() {
        return open().verify(ProgressListener.NONE);
    }

    private FinishedImage open() {
        return FinishedImage.open(directory, "guest", "1");
    }

    private TreeSet<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }
}
