package io.imagewright.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;

import io.imagewright.FinishedImage;
import io.imagewright.GuestDisk;
import io.imagewright.ImageBuild;
import io.imagewright.Requests;
import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.error.ImageException;
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

public class EarlierTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path disk;
    private Path out;
    private ImageBuildResult first;

    @Before
    public void build() throws IOException {
        disk = new GuestDisk(folder.getRoot().toPath().resolve("guest"), "dos", 64).write();
        out = folder.getRoot().toPath().resolve("out");
        first = run(request("diskdump", "qcow2"));
        assertFalse(first.isUpToDate());
    }

    @Test
    public void nothingChanged_nothingIsDone_andTheResultIsTheSame() throws IOException {
        FileTime written = Files.getLastModifiedTime(out.resolve("guest-1.qcow2"));
        ImageBuildResult second = run(request("diskdump", "qcow2"));
        assertTrue(second.isUpToDate());
        assertEquals(first.outputs(), second.outputs());
        assertEquals(first.operations(), second.operations());
        assertEquals(first.manifest(), second.manifest());
        assertEquals(written, Files.getLastModifiedTime(out.resolve("guest-1.qcow2")));
    }

    @Test
    public void aChangedDescriptionIsBuilt() {
        assertFalse(run(request("diskdump")).isUpToDate());
    }

    @Test
    public void aChangedSourceIsBuilt() throws IOException {
        GuestDisk.put(disk, 440, new byte[] {1, 2, 3, 4});
        assertFalse(run(request("diskdump", "qcow2")).isUpToDate());
    }

    @Test
    public void aMissingOrTouchedFileIsBuilt() throws IOException {
        Files.delete(out.resolve("guest-1.qcow2.md5sum"));
        assertFalse(run(request("diskdump", "qcow2")).isUpToDate());
        GuestDisk.put(out.resolve("guest-1.diskdump"), 4096, new byte[] {1});
        Files.setLastModifiedTime(
                out.resolve("guest-1.diskdump"), FileTime.fromMillis(System.currentTimeMillis() + 5000));
        assertFalse(run(request("diskdump", "qcow2")).isUpToDate());
        assertEquals(List.of(), FinishedImage.open(out, "guest", "1").verify(ProgressListener.NONE));
    }

    @Test
    public void forceBuildsAgain() {
        assertFalse(ImageBuild.run(Requests.of(disk, out, "diskdump", "qcow2"), ProgressListener.NONE)
                .isUpToDate());
    }

    @Test
    public void aFileOfOthersIsNotOverwritten_withoutForce() throws IOException {
        Path other = Files.createDirectories(folder.getRoot().toPath().resolve("other"));
        Files.writeString(other.resolve("guest-1.raw"), "somebody's");
        ImageBuildRequest request = unforced(Requests.of(disk, other, "raw"));
        ImageException failure = assertThrows(ImageException.class, () -> run(request));
        assertTrue(failure.getMessage(), failure.getMessage().contains("force: true"));
        assertEquals("somebody's", Files.readString(other.resolve("guest-1.raw")));
        ImageBuild.run(Requests.of(disk, other, "raw"), ProgressListener.NONE);
        assertTrue(Files.size(other.resolve("guest-1.raw")) > 100);
    }

    /** Also where this image was built before: its manifest does not name the file. */
    @Test
    public void aFileOfOthersIsNotOverwritten_besideAnEarlierBuild() throws IOException {
        Path precious = out.resolve("precious.img");
        Files.writeString(precious, "somebody's");
        ImageDescription plain = Requests.description(disk, "raw");
        ImageBuildRequest request = unforced(Requests.of(
                plain.toBuilder()
                        .formats(List.of(new ImageDescription.Format("raw", Map.of(), null, "precious.img")))
                        .build(),
                out));
        ImageException failure = assertThrows(ImageException.class, () -> run(request));
        assertTrue(failure.getMessage(), failure.getMessage().startsWith("Refusing to write over " + precious));
        assertEquals("somebody's", Files.readString(precious));
    }

    @Test
    public void aSourceIsNeverOverwritten() throws IOException {
        Path own = Files.createDirectory(out.resolveSibling("own"));
        Path source = own.resolve("guest-1.raw");
        Files.copy(disk, source);
        ImageException failure = assertThrows(
                ImageException.class, () -> ImageBuild.run(Requests.of(source, own, "raw"), ProgressListener.NONE));
        assertTrue(failure.getMessage(), failure.getMessage().contains("it is the source itself"));
        assertEquals(-1, Files.mismatch(disk, source));
    }

    @Test
    public void filesBesideOfOthersAreNotDeleted_withoutForce() throws IOException {
        for (String extension : List.of("md5sum", "sha512sum", "meta", "variant")) {
            Path other = folder.newFolder(extension).toPath();
            Path beside = other.resolve("guest-1.raw." + extension);
            Files.writeString(beside, "somebody's");
            ImageException failure =
                    assertThrows(ImageException.class, () -> run(unforced(Requests.of(disk, other, "raw"))));
            assertTrue(failure.getMessage(), failure.getMessage().startsWith("Refusing to write over " + beside));
            assertEquals("somebody's", Files.readString(beside));
        }
    }

    @Test
    public void manifestOfAnotherImageCoversNothing_howeverItIsCalled() throws IOException {
        Path other = folder.newFolder("other").toPath();
        Files.writeString(other.resolve("guest-1.raw"), "somebody's");
        Path manifest = other.resolve("guest-db-1.image-manifest.json");
        String text = Files.readString(out.resolve("guest-1.image-manifest.json"));
        Files.writeString(
                manifest,
                text.replace("\"name\" : \"guest\"", "\"name\" : \"guest-db\"")
                        .replace("\"name\": \"guest\"", "\"name\": \"guest-db\""));
        assertTrue(Files.readString(manifest).contains("guest-db"));
        ImageBuildRequest request = unforced(Requests.of(disk, other, "raw"));
        assertThrows(ImageException.class, () -> run(request));
        Files.writeString(other.resolve("guest-0.image-manifest.json"), text);
        run(request);
    }

    private ImageBuildRequest request(String... formats) {
        return unforced(Requests.of(disk, out, formats));
    }

    private static ImageBuildRequest unforced(ImageBuildRequest request) {
        return request.toBuilder().force(false).build();
    }

    private static ImageBuildResult run(ImageBuildRequest request) {
        return ImageBuild.run(request, ProgressListener.NONE);
    }
}
