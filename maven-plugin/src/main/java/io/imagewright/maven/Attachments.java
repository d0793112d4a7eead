package io.imagewright.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.ImageBuildResult;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;
import org.jspecify.annotations.Nullable;

/** Makes finished files artifacts of the project, so that install and deploy take them along. */
final class Attachments {

    private static final String MANIFEST = "image-manifest";

    private final MavenProject project;
    private final MavenProjectHelper helper;

    Attachments(MavenProject project, MavenProjectHelper helper) {
        this.project = project;
        this.helper = helper;
    }

    /**
     * Attaches images, sidecars and manifest.
     *
     * @param several whether the project has more images, so that the manifest's classifier must tell them apart
     */
    void attach(ImageBuildResult result, boolean several) {
        for (ImageBuildResult.Output output : result.outputs()) {
            attach(output.type(), output.classifier(), output.file());
            for (Map.Entry<String, Path> sidecar : new TreeMap<>(output.sidecars()).entrySet()) {
                attach(sidecar.getKey(), output.classifier(), sidecar.getValue());
            }
        }
        attach("json", several ? result.name() + "-" + MANIFEST : MANIFEST, result.manifest());
    }

    /** The rule of maven-source-plugin: the same file again is nothing new, another one under the same coordinates an error. */
    private void attach(String type, String classifier, Path file) {
        for (Artifact attached : project.getAttachedArtifacts()) {
            if (same(attached, type, classifier)) {
                if (file.toFile().equals(attached.getFile())) {
                    return;
                }
                throw taken(type, classifier, file, attached.getFile());
            }
        }
        Artifact main = project.getArtifact();
        if (main != null && same(main, type, classifier)) {
            throw taken(type, classifier, file, main.getFile());
        }
        helper.attachArtifact(project, type, classifier.isEmpty() ? null : classifier, file.toFile());
    }

    private static boolean same(Artifact artifact, String type, String classifier) {
        String other = artifact.getClassifier() == null ? "" : artifact.getClassifier();
        String extension = artifact.getArtifactHandler() == null
                ? artifact.getType()
                : artifact.getArtifactHandler().getExtension();
        return other.equals(classifier) && (artifact.getType().equals(type) || extension.equals(type));
    }

    private ImageException taken(String type, String classifier, Path file, @Nullable File other) {
        String coordinates = project.getArtifactId() + ":" + type + (classifier.isEmpty() ? "" : ":" + classifier);
        return ImageException.of(
                Kind.DESCRIPTION,
                "Cannot attach " + file.getFileName() + " as " + coordinates,
                other == null ? "the project's main artifact has these coordinates" : other + " has them already",
                "Set a classifier for the format.");
    }
}
