package io.imagewright.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.api.ImageBuildResult.Output;
import io.imagewright.error.ImageException;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.spec.ImageDescription;
import io.imagewright.spec.ImageDescription.Format;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.artifact.handler.manager.ArtifactHandlerManager;
import org.apache.maven.plugin.testing.MojoRule;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;
import org.jspecify.annotations.Nullable;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

public class AttachmentsTest {

    @Rule
    public final MojoRule rule = new MojoRule();

    private MavenProject project;
    private MainArtifact main;
    private Attachments attachments;

    @Before
    public void readProject() throws Exception {
        open("pom");
    }

    private void open(String packaging) throws Exception {
        project = rule.readMavenProject(new File("src/test/resources/projects/configured"));
        project.setPackaging(packaging);
        if (packaging.equals("disk-image")) {
            project.setArtifact(new DefaultArtifact(
                    "test", "configured", "1.0", null, packaging, null, new DefaultArtifactHandler(packaging)));
        }
        main = new MainArtifact(project, rule.lookup(ArtifactHandlerManager.class));
        attachments = new Attachments(project, rule.lookup(MavenProjectHelper.class), main);
    }

    private static Output output(String file, String type, String classifier) {
        return new Output(
                Path.of(file),
                type,
                type,
                classifier,
                0,
                0,
                Map.of(),
                Map.of(type + ".sha256sum", Path.of(file + ".sha256sum")));
    }

    private static ImageBuildResult result(String directory, Output... outputs) {
        return new ImageBuildResult(
                "web",
                0,
                0,
                List.of(outputs),
                Path.of(directory, "web-1.0.image-manifest.json"),
                Path.of(directory, "web-1.0-sbom.json"),
                new Facts("linux", "debian", "", "", List.of(), List.of(), Map.of(), List.of()),
                List.of(),
                List.of(),
                Map.of());
    }

    private static ImageBuildResult result(String directory, String type, String classifier) {
        return result(directory, output(directory + "/web-1.0." + type, type, classifier));
    }

    private static ImageBuildRequest request(String name, String defaultClassifier, Format... formats) {
        ImageDescription image = ImageDescription.builder(name, "disk.raw")
                .formats(List.of(formats))
                .build();
        return ImageBuildRequest.builder(image, ImageBuildRequest.WorkerSettings.IN_PROCESS)
                .version("1.0")
                .baseDirectory(Path.of("/project"))
                .outputDirectory(Path.of("/project/target/image"))
                .defaultClassifier(defaultClassifier)
                .build();
    }

    private static Format qcow2(@Nullable String classifier) {
        return new Format("qcow2", Map.of(), classifier, null);
    }

    private List<String> attached() {
        return project.getAttachedArtifacts().stream()
                .map(artifact -> artifact.getArtifactHandler().getExtension() + ":" + artifact.getClassifier())
                .toList();
    }

    private String refusal(ThrowingRunnable attempt) {
        return assertThrows(ImageException.class, attempt).getMessage();
    }

    @Test
    public void attachesImageSidecarManifestAndSbom() {
        attachments.attach(result("target", "qcow2", ""), false);
        assertEquals(List.of("qcow2:null", "qcow2.sha256sum:null", "json:image-manifest", "json:sbom"), attached());
    }

    @Test
    public void distinguishesManifestsOfSeveralImages() {
        attachments.attach(result("target", "qcow2", "web"), true);
        assertEquals(
                List.of("qcow2:web", "qcow2.sha256sum:web", "json:web-image-manifest", "json:web-sbom"), attached());
    }

    @Test
    public void sameFileAgainIsNothingNew() {
        attachments.attach(result("target", "qcow2", ""), false);
        attachments.attach(result("./target", "qcow2", ""), false);
        assertEquals(4, attached().size());
    }

    @Test
    public void anotherFileUnderTheSameCoordinatesIsRefused_andBothAreNamed() {
        attachments.attach(result("/here", "qcow2", ""), false);
        assertEquals(
                "Cannot attach /there/web-1.0.qcow2 as test:configured:qcow2: these coordinates are those of "
                        + "/here/web-1.0.qcow2. Give one of the two formats a classifier of its own.",
                refusal(() -> attachments.attach(result("/there", "qcow2", ""), false)));
    }

    @Test
    public void adviceHelps_anotherExecutionWithAClassifierIsAttached() {
        attachments.attach(result("/here", "qcow2", ""), false);
        attachments.attach(result("/there", "qcow2", "other"), false);
        assertEquals(
                List.of("qcow2:other", "qcow2.sha256sum:other", "json:web-image-manifest", "json:web-sbom"),
                attached().subList(4, 8));
    }

    @Test
    public void coordinatesOfTheMainArtifactAreRefused() {
        String refusal = refusal(() -> attachments.attach(result("target", "pom", ""), false));
        assertTrue(refusal, refusal.contains("these coordinates are those of the project's main artifact"));
    }

    @Test
    public void refusesBeforeAnyWorkWhatAnotherExecutionHasAttached() {
        attachments.attach(result("/here", "qcow2", ""), false);
        String refusal = refusal(() -> attachments.requireFree(List.of(request("db", "", qcow2(null)))));
        assertTrue(refusal, refusal.startsWith("Cannot attach /project/target/image/db-1.0.qcow2 as "));
        attachments.requireFree(List.of(request("db", "", qcow2("db"))));
    }

    @Test
    public void refusesBeforeAnyWorkTwoImagesWithOneClassifier() {
        String refusal = refusal(() ->
                attachments.requireFree(List.of(request("web", "web", qcow2("x")), request("db", "db", qcow2("x")))));
        assertTrue(
                refusal,
                refusal.contains("/project/target/image/db-1.0-x.qcow2 as test:configured:qcow2:x: these coordinates "
                        + "are those of /project/target/image/web-1.0-x.qcow2."));
    }

    @Test
    public void firstFormatOfPackagingDiskImageIsTheMainArtifact() throws Exception {
        open("disk-image");
        ImageBuildResult web =
                result("/here", output("/here/web-1.0.raw", "raw", ""), output("/here/web-1.0.qcow2", "qcow2", ""));
        attachments.attach(web, false);
        attachments.attach(web, false);
        assertEquals(new File("/here/web-1.0.raw"), project.getArtifact().getFile());
        assertEquals("raw", project.getArtifact().getArtifactHandler().getExtension());
        assertEquals(
                List.of("raw.sha256sum:null", "qcow2:null", "qcow2.sha256sum:null", "json:image-manifest", "json:sbom"),
                attached());
    }

    @Test
    public void otherImagesOfPackagingDiskImageAreAttached() throws Exception {
        open("disk-image");
        attachments.attach(result("/here", "qcow2", ""), false);
        attachments.attach(result("/there", "qcow2", "db"), true);
        assertEquals(new File("/here/web-1.0.qcow2"), project.getArtifact().getFile());
        assertTrue(attached().contains("qcow2:db"));
    }

    @Test
    public void mainArtifactHasNoClassifier_unlessAnotherExecutionMadeIt() throws Exception {
        open("disk-image");
        String refusal = refusal(() -> attachments.requireFree(List.of(request("web", "", qcow2("x")))));
        assertEquals(
                "Format qcow2 of image web has the classifier x: it is the main artifact of a project of packaging "
                        + "disk-image, which has no classifier. Take the classifier away, or put a format without one first.",
                refusal);
        attachments.attach(result("/here", "qcow2", ""), false);
        attachments.requireFree(List.of(request("db", "", qcow2("x"))));
        attachments.attach(result("/there", "qcow2", "x"), false);
        assertTrue(attached().contains("qcow2:x"));
        assertTrue(refusal(() -> attachments.attach(result("/else", "qcow2", ""), false))
                .contains("/here/web-1.0.qcow2"));
    }
}
