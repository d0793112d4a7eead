package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.error.ImageException;
import io.imagewright.manifest.ContentSummary;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.progress.ProgressListener;
import io.imagewright.spec.ImageDescription;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

/** What is inside an image is listed beside it. */
public class SbomBuildTest {

    private static final String SBOM = "guest-1-sbom.json";

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path disk;
    private Path out;

    @Before
    public void makeGuest() throws IOException {
        disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64)
                .file("etc/os-release", "ID=debian\nVERSION_ID=12\nPRETTY_NAME=\"Debian GNU/Linux 12\"\n")
                .file(
                        "var/lib/dpkg/status",
                        "Package: bash\nStatus: install ok installed\nInstalled-Size: 100\nArchitecture: amd64\nVersion: 5.2-1\n\n"
                                + "Package: libc6\nStatus: install ok installed\nInstalled-Size: 200\nArchitecture: amd64\n"
                                + "Source: glibc\nVersion: 2.36\n")
                .file(
                        "usr/share/doc/bash/copyright",
                        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nLicense: GPL-3+\n")
                .file("var/tmp/gone-project/gone-file", "x".repeat(5000))
                .write();
        out = folder.getRoot().toPath().resolve("out");
    }

    private ImageBuildResult build(ImageDescription description, Path directory) {
        return ImageBuild.run(unforced(Requests.inProcess(description, directory)), ProgressListener.NONE);
    }

    private ImageBuildResult build() {
        return build(Requests.description(disk, "raw"), out);
    }

    private static ImageBuildRequest unforced(ImageBuildRequest request) {
        return request.toBuilder().force(false).build();
    }

    private ImageDescription withoutSbom() {
        ImageDescription plain = Requests.description(disk, "raw");
        return plain.toBuilder().sbom(false).publish(List.of()).build();
    }

    private ImageManifest manifest() throws IOException {
        return ManifestFile.read(out.resolve("guest-1.image-manifest.json"));
    }

    @Test
    public void packagesAreInTheBill_andItsNameInTheManifest() throws IOException {
        ImageBuildResult result = build();
        assertEquals(out.resolve(SBOM), result.sbom());
        assertEquals(SBOM, manifest().sbom());
        JsonNode bill = new ObjectMapper().readTree(out.resolve(SBOM).toFile());
        assertEquals("debian", bill.at("/components/0/name").asText());
        assertEquals(
                "pkg:deb/debian/bash@5.2-1?arch=amd64&distro=debian-12",
                bill.at("/components/1/purl").asText());
        assertEquals(
                "GPL-3.0-or-later",
                bill.at("/components/1/licenses/0/license/id").asText());
        assertEquals("libc6", bill.at("/components/2/name").asText());
        assertEquals("2023-11-14T22:13:20Z", bill.at("/metadata/timestamp").asText());
    }

    @Test
    public void aBillThatIsGone_isFoundOut() throws IOException {
        build();
        FinishedImage image = FinishedImage.open(out, "guest", "1");
        assertEquals(List.of(), image.verify(ProgressListener.NONE));
        Files.delete(out.resolve(SBOM));
        assertEquals(List.of(SBOM + " is missing."), image.verify(ProgressListener.NONE));
    }

    @Test
    public void theManifestRecordsWhereTheBytesAre() throws IOException {
        build();
        ContentSummary summary = Objects.requireNonNull(manifest().summary());
        assertTrue(summary.toString(), summary.directories().containsKey("var"));
        assertEquals(
                summary.bytes(),
                summary.directories().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        assertEquals(
                List.of(
                        new ContentSummary.LargePackage("libc6", "2.36", 200 << 10),
                        new ContentSummary.LargePackage("bash", "5.2-1", 100 << 10)),
                summary.largestPackages());
    }

    @Test
    public void operationsReportWhatTheyRemoved_butNotItsNames() throws IOException {
        build();
        ImageManifest.RemovedEntry removed = manifest().operations().stream()
                .filter(operation -> operation.name().equals("cleanup-tmp"))
                .map(operation -> Objects.requireNonNull(operation.removed()))
                .findFirst()
                .orElseThrow();
        assertTrue(removed.toString(), removed.files() >= 1 && removed.bytes() >= 5000);
        assertTrue(removed.toString(), removed.paths().contains("/var/tmp"));
        for (String file : List.of("guest-1.image-manifest.json", SBOM, "guest.build.json")) {
            assertFalse(file, Files.readString(out.resolve(file)).contains("gone-"));
        }
    }

    @Test
    public void theSameSource_theSameBill() throws IOException {
        build();
        Path other = folder.getRoot().toPath().resolve("other");
        build(Requests.description(disk, "raw"), other);
        assertArrayEquals(Files.readAllBytes(out.resolve(SBOM)), Files.readAllBytes(other.resolve(SBOM)));
    }

    @Test
    public void aMissingOrTouchedBill_isMadeAgain() throws IOException {
        build();
        assertTrue(build().isUpToDate());
        assertEquals(out.resolve(SBOM), build().sbom());
        Files.delete(out.resolve(SBOM));
        assertFalse(build().isUpToDate());
        Files.setLastModifiedTime(out.resolve(SBOM), FileTime.fromMillis(System.currentTimeMillis() + 5000));
        assertFalse(build().isUpToDate());
        assertTrue(Files.exists(out.resolve(SBOM)));
    }

    @Test
    public void switchedOff_thereIsNone_notEvenAnOldOne() throws IOException {
        build();
        ImageBuildResult result = build(withoutSbom(), out);
        assertFalse(result.isUpToDate());
        assertNull(result.sbom());
        assertNull(manifest().sbom());
        assertFalse(Files.exists(out.resolve(SBOM)));
        assertTrue(build(withoutSbom(), out).isUpToDate());
    }

    @Test
    public void aConversionWritesNone() throws IOException {
        ImageBuildResult result =
                ImageBuild.convert(Requests.inProcess(Requests.description(disk, "raw"), out), ProgressListener.NONE);
        assertNull(result.sbom());
        assertFalse(Files.exists(out.resolve(SBOM)));
        assertNull(manifest().summary());
    }

    @Test
    public void aBillOfOthersIsNotOverwritten_withoutForce() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve(SBOM), "somebody's");
        ImageException failure = assertThrows(ImageException.class, this::build);
        assertTrue(
                failure.getMessage(), failure.getMessage().startsWith("Refusing to write over " + out.resolve(SBOM)));
        assertEquals("somebody's", Files.readString(out.resolve(SBOM)));
    }
}
