package io.imagewright.maven;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.handler.manager.ArtifactHandlerManager;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;

/** The main artifact of a project, which is an image in packaging {@value #PACKAGING} only. */
final class MainArtifact {

    /** The packaging whose main artifact is the first format of the first image. */
    static final String PACKAGING = "disk-image";

    /** What switches maven-install-plugin and maven-deploy-plugin off; the user's own -D goes before a project's property. */
    private static final List<String> SWITCHES = List.of("maven.install.skip", "maven.deploy.skip");

    private final MavenProject project;
    private final ArtifactHandlerManager handlers;

    MainArtifact(MavenProject project, ArtifactHandlerManager handlers) {
        this.project = project;
        this.handlers = handlers;
    }

    /** Whether the main artifact of this project is an image. */
    static boolean isImage(MavenProject project) {
        return PACKAGING.equals(project.getPackaging());
    }

    boolean isImage() {
        return isImage(project);
    }

    /** The file that the project is about so far; of a project without one nobody made it yet. */
    Optional<Path> file() {
        Artifact artifact = project.getArtifact();
        return artifact == null || artifact.getFile() == null
                ? Optional.empty()
                : Optional.of(artifact.getFile().toPath().toAbsolutePath().normalize());
    }

    /** Makes a file the main artifact; a repository keeps it under the extension of its type. */
    void become(String type, Path file) {
        project.getArtifact().setArtifactHandler(handlers.getArtifactHandler(type));
        project.getArtifact().setFile(file.toFile());
    }

    /** Leaves the project no artifact but its POM, as in packaging pom: install and deploy take that, and what else is attached. */
    void becomePom() {
        project.getArtifact().setArtifactHandler(handlers.getArtifactHandler("pom"));
    }

    /**
     * Keeps install and deploy from this project, which would fail without a main artifact, or publish a POM that promises an image that
     * nobody made.
     *
     * @param reason goes before "so ..."
     */
    void leaveOut(String reason, Log log) {
        log.info(reason + ", so this project has no main artifact: install and deploy leave it out");
        SWITCHES.forEach(property -> project.getProperties().setProperty(property, "true"));
    }
}
