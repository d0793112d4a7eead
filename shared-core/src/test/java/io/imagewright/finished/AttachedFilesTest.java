package io.imagewright.finished;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.imagewright.FinishedImage;
import io.imagewright.GuestDisk;
import io.imagewright.ImageBuild;
import io.imagewright.Requests;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.progress.ProgressListener;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

public class AttachedFilesTest {

    @ClassRule
    public static final TemporaryFolder BUILT = new TemporaryFolder();

    private static ImageBuildResult built;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @BeforeClass
    public static void buildAnImage() throws IOException {
        Path disk = new GuestDisk(BUILT.getRoot().toPath().resolve("guest"), "dos", 64).write();
        built = ImageBuild.run(
                Requests.of(disk, BUILT.getRoot().toPath().resolve("out"), "qcow2", "diskdump"), ProgressListener.NONE);
    }

    /** As a repository keeps them: everything in one directory, under names of its own. */
    @Test
    public void filesWithTheNamesOfARepositoryBelongTogether() throws Exception {
        Path attached = folder.getRoot().toPath().resolve("attached");
        ImageBuildResult result = AttachedFiles.of(built, names("images-7-web"), attached, null, ProgressListener.NONE);
        Path repository = folder.newFolder("repository").toPath();
        for (ImageBuildResult.Output output : result.outputs()) {
            String name = "images-7-web." + output.type();
            Files.copy(output.file(), repository.resolve(name));
            for (Map.Entry<String, Path> sidecar : output.sidecars().entrySet()) {
                Files.copy(sidecar.getValue(), repository.resolve("images-7-web." + sidecar.getKey()));
            }
        }
        Files.copy(result.manifest(), repository.resolve("images-7-web-image-manifest.json"));
        Files.copy(result.sbom(), repository.resolve("images-7-web-sbom.json"));

        assertEquals(List.of(), FinishedImage.open(repository, "guest", "1").verify(ProgressListener.NONE));
        assertEquals(
                List.of("images-7-web.diskdump", "images-7-web.qcow2"),
                FinishedImage.open(repository, "guest", "1").files().stream()
                        .sorted()
                        .toList());
        Process sums = new ProcessBuilder("sh", "-c", "sha256sum -c *.sha256sum && md5sum -c *.md5sum")
                .directory(repository.toFile())
                .inheritIO()
                .start();
        assertEquals(0, sums.waitFor());
        try (Stream<Path> files = Files.list(attached)) {
            assertTrue(
                    files.noneMatch(file -> String.valueOf(file.getFileName()).startsWith(".")));
        }
    }

    @Test
    public void filesThatHaveTheNamesAlreadyAreNotWrittenAgain() {
        Path attached = folder.getRoot().toPath().resolve("attached");
        ImageBuildResult result = AttachedFiles.of(built, names("guest-1"), attached, null, ProgressListener.NONE);
        assertSame(built, result);
        assertFalse(Files.exists(attached));
    }

    private static Map<Path, String> names(String base) {
        Map<Path, String> names = new HashMap<>();
        built.outputs().forEach(output -> names.put(output.file(), base + "." + output.type()));
        names.put(built.manifest(), base + "-image-manifest.json");
        names.put(built.sbom(), base + "-sbom.json");
        return names;
    }
}
