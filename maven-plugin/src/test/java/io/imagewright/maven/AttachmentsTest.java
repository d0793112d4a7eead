package io.imagewright.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.ImageBuildResult;
import io.imagewright.ImageBuildResult.Output;
import io.imagewright.error.ImageException;
import io.imagewright.guest.Facts;
import org.apache.maven.plugin.testing.MojoRule;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class AttachmentsTest {

    @Rule
    public final MojoRule rule = new MojoRule();

    private MavenProject project;
    private Attachments attachments;

    @Before
    public void readProject() throws Exception {
        project = rule.readMavenProject(new File("src/test/resources/projects/configured"));
        attachments = new Attachments(project, rule.lookup(MavenProjectHelper.class));
    }

    private static ImageBuildResult result(String directory, String type, String classifier) {
        Path file = Path.of(directory, "web-1.0." + type);
        Path sidecar = Path.of(directory, "web-1.0." + type + ".sha256sum");
        return new ImageBuildResult(
                "web",
                0,
                0,
                List.of(new Output(file, type, type, classifier, 0, 0, Map.of(), Map.of(type + ".sha256sum", sidecar))),
                Path.of(directory, "web-1.0.image-manifest.json"),
                new Facts("linux", "debian", "", "", List.of(), List.of(), Map.of(), List.of()),
                List.of(),
                List.of());
    }

    private List<String> attached() {
        return project.getAttachedArtifacts().stream()
                .map(artifact -> artifact.getArtifactHandler().getExtension() + ":" + artifact.getClassifier())
                .toList();
    }

    @Test
    public void attachesImageSidecarAndManifest() {
        attachments.attach(result("target", "qcow2", ""), false);
        assertEquals(List.of("qcow2:null", "qcow2.sha256sum:null", "json:image-manifest"), attached());
    }

    @Test
    public void tellsManifestsOfSeveralImagesApart() {
        attachments.attach(result("target", "qcow2", "web"), true);
        assertEquals(List.of("qcow2:web", "qcow2.sha256sum:web", "json:web-image-manifest"), attached());
    }

    @Test
    public void sameFileAgainIsNothingNew() {
        attachments.attach(result("target", "qcow2", ""), false);
        attachments.attach(result("target", "qcow2", ""), false);
        assertEquals(3, attached().size());
    }

    @Test
    public void anotherFileUnderTheSameCoordinatesIsRefused() {
        attachments.attach(result("target", "qcow2", ""), false);
        ImageException e =
                assertThrows(ImageException.class, () -> attachments.attach(result("elsewhere", "qcow2", ""), false));
        assertTrue(
                e.getMessage(),
                e.getMessage()
                        .startsWith("Cannot attach web-1.0.qcow2 as configured:qcow2: target/web-1.0.qcow2 has them"));
    }

    @Test
    public void coordinatesOfTheMainArtifactAreRefused() {
        ImageException e =
                assertThrows(ImageException.class, () -> attachments.attach(result("target", "pom", ""), false));
        assertTrue(e.getMessage(), e.getMessage().contains("the project's main artifact has these coordinates"));
    }
}
