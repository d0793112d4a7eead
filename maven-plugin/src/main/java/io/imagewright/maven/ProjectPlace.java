package io.imagewright.maven;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;

import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Where a goal works: in its project, or without one in the directory that Maven was started in.
 *
 * @param base absolute
 */
record ProjectPlace(MavenProject project, Path base) {

    /** Maven leaves this in its own default paths when there is no project. */
    private static final String UNRESOLVED = "${project.basedir}" + File.separator;

    static ProjectPlace of(MavenProject project, MavenSession session) {
        String base = project.getFile() == null
                ? session.getExecutionRootDirectory()
                : project.getBasedir().getPath();
        return new ProjectPlace(project, Path.of(base).toAbsolutePath());
    }

    /** {@code groupId:artifactId:version}; empty without a project. */
    Optional<String> coordinates() {
        return project.getFile() == null
                ? Optional.empty()
                : Optional.of(project.getGroupId() + ":" + project.getArtifactId() + ":" + project.getVersion());
    }

    /** The absolute path of a parameter that starts at the project. */
    Path resolve(File parameter) {
        String path = parameter.getPath();
        int left = path.indexOf(UNRESOLVED);
        return left < 0 ? base.resolve(parameter.toPath()) : base.resolve(path.substring(left + UNRESOLVED.length()));
    }

    /** Name of an image that nobody named: the artifact's id, without a project the base name of the source. */
    String defaultImageName(@Nullable String source) {
        if (project.getFile() != null || source == null) {
            return project.getArtifactId();
        }
        String file = String.valueOf(Path.of(source).getFileName());
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }
}
