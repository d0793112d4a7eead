package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.imagewright.api.BootSettings;
import io.imagewright.api.Firmware;
import io.imagewright.api.Trust;
import io.imagewright.api.VerifyRequest;
import io.imagewright.api.VerifyResult;
import io.imagewright.boot.BootSector;
import io.imagewright.error.ImageException;
import io.imagewright.progress.ProgressListener;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
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
    public void anImageUnderAnotherNameIsFoundByItsDigest() throws IOException {
        Files.move(directory.resolve("guest-1.qcow2"), directory.resolve("guest.qcow2"));
        Files.move(directory.resolve("guest-1.raw"), directory.resolve("renamed"));
        Files.writeString(directory.resolve("guest.qcow2.md5sum"), "0".repeat(32) + "  guest.qcow2\n");
        List<String> findings = verify();
        assertEquals(findings.toString(), 1, findings.size());
        assertTrue(findings.get(0), findings.get(0).startsWith("guest.qcow2.md5sum says 000"));
    }

    @Test
    public void aFileOfTheSameSizeIsNotTheImage() throws IOException {
        Path image = directory.resolve("guest-1.qcow2");
        GuestDisk.put(image, 1 << 20, new byte[] {42});
        Files.move(image, directory.resolve("other.qcow2"));
        assertEquals(List.of("guest-1.qcow2 is missing."), verify());
    }

    @Test
    public void oneFileAloneCanBeVerified() throws IOException {
        Files.delete(directory.resolve("guest-1.qcow2"));
        FinishedImage image = FinishedImage.open(directory, "guest", "1");
        assertEquals(List.of(), image.only("guest-1.raw").verify(ProgressListener.NONE));
        assertThrows(ImageException.class, () -> image.only("guest-1.vmdk"));
    }

    @Test
    public void theManifestIsFoundUnderItsNameInARepository() throws IOException {
        Files.move(
                directory.resolve("guest-1.image-manifest.json"),
                directory.resolve("images-1-guest-image-manifest.json"));
        Files.writeString(directory.resolve("broken-1-image-manifest.json"), "{");
        assertEquals(List.of(), verify());
        assertThrows(ImageException.class, () -> FinishedImage.open(directory, "guest", "2"));
        assertThrows(ImageException.class, () -> FinishedImage.open(directory, "other", "1"));
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
        assertTrue(failure.getMessage(), failure.getMessage().contains("with build"));
    }

    @Test
    public void checksumsAreWrittenAgain_andTheManifestHasThem() throws IOException {
        Files.delete(directory.resolve("guest-1.raw.md5sum"));
        TreeSet<String> before = names();
        open().checksum(List.of("md5", "sha512"), null, ProgressListener.NONE);
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
        assertThrows(ImageException.class, () -> open().checksum(List.of("sha512"), null, ProgressListener.NONE));
        assertEquals(before, names());
    }

    @Test
    public void aReportIsWrittenBesideTheImageOrElsewhere_andLeavesNothingElse() throws IOException {
        TreeSet<String> expected = names();
        expected.add("guest-1.report.html");
        Path page = open().report(directory);
        assertEquals(directory.resolve("guest-1.report.html"), page);
        assertEquals(expected, names());
        Path other = open().report(folder.newFolder().toPath().resolve("site"));
        assertEquals(Files.readString(page), Files.readString(other));
        assertTrue(Files.readString(page).contains("Debian GNU/Linux 12 (bookworm)"));
        assertEquals(List.of(), verify());
    }

    @Test
    public void aReportOfAnEarlierBuildGoesWithIt() throws IOException {
        Path disk = new GuestDisk(folder.newFolder().toPath().resolve("guest"), "dos", 64).write();
        Path out = folder.newFolder().toPath();
        ImageBuild.run(Requests.of(disk, out, "raw"), ProgressListener.NONE);
        Path page = FinishedImage.open(out, "guest", "1").report(out);
        ImageBuild.run(Requests.of(disk, out, "qcow2"), ProgressListener.NONE);
        assertFalse(Files.exists(page));
    }

    @Test
    public void aDiskdumpStarts_asTheRawDiskThatItIs() throws IOException {
        Path disk = BootSector.disk(folder.getRoot().toPath().resolve("disk"), BootSector.saying("web login: "));
        Path out = folder.newFolder().toPath();
        ImageBuild.convert(Requests.of(disk, out, "diskdump"), ProgressListener.NONE);
        BootSettings settings = new BootSettings(Duration.ofSeconds(60), null, null, 128, 1, Firmware.AUTO);
        VerifyResult result = FinishedImage.open(out, "guest", "1")
                .verify(new VerifyRequest(null, Trust.ANY, settings), ProgressListener.NONE);
        assertEquals(List.of(), result.findings());
        assertEquals(
                "'login:' on the serial console",
                Objects.requireNonNull(result.booted()).awaited());
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
