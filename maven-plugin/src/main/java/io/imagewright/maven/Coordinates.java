package io.imagewright.maven;

import org.apache.maven.artifact.Artifact;
import org.jspecify.annotations.Nullable;

/**
 * What distinguishes the artifacts of one project.
 *
 * @param type equal to the extension in a repository
 * @param classifier empty for none
 */
record Coordinates(String type, String classifier) {

    boolean areOf(Artifact artifact) {
        String other = artifact.getClassifier() == null ? "" : artifact.getClassifier();
        String extension = artifact.getArtifactHandler() == null
                ? artifact.getType()
                : artifact.getArtifactHandler().getExtension();
        return other.equals(classifier) && (artifact.getType().equals(type) || extension.equals(type));
    }

    @Nullable
    String classifierOrNull() {
        return classifier.isEmpty() ? null : classifier;
    }

    /** The file's name in a repository. */
    String fileName(String artifactId, String version) {
        return artifactId + "-" + version + (classifier.isEmpty() ? "" : "-" + classifier) + "." + type;
    }

    /** As people write them behind group and artifact. */
    @Override
    public String toString() {
        return classifier.isEmpty() ? type : type + ":" + classifier;
    }
}
