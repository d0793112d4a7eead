package io.imagewright.api;

import java.nio.file.Path;
import java.util.List;

import io.imagewright.spec.ImageDescription;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ImageBuild} is asked to do.
 *
 * @param description the image
 * @param version goes into file names and the manifest
 * @param baseDirectory relative paths of the description start here
 * @param outputDirectory finished files appear here; made when missing
 * @param workDirectory parent of the work directory; null to take the writable one with most free space
 * @param timestamp seconds since the epoch for everything this tool dates; null to take the source file system's own last
 *     write, so that the same source gives the same bytes
 * @param worker how the guest job runs
 * @param defaultClassifier Maven classifier of outputs that are given none: the image's name where a project has several, else
 *     empty
 * @param force whether an image that is up to date is built again, and existing files of others are overwritten
 * @param signing the key that signs the files; null for no signatures
 * @param project what the manifest says about the project; null where there is none
 */
public record ImageBuildRequest(
        ImageDescription description,
        String version,
        Path baseDirectory,
        Path outputDirectory,
        @Nullable Path workDirectory,
        @Nullable Long timestamp,
        WorkerSettings worker,
        String defaultClassifier,
        boolean force,
        @Nullable GpgKey signing,
        @Nullable Project project) {

    /**
     * The Maven project of an image.
     *
     * @param coordinates {@code groupId:artifactId:version}
     * @param scmUrl address or connection of its repository of sources; null when it names none
     */
    public record Project(String coordinates, @Nullable String scmUrl) {}

    /** A request without signatures. */
    public ImageBuildRequest(
            ImageDescription description,
            String version,
            Path baseDirectory,
            Path outputDirectory,
            @Nullable Path workDirectory,
            @Nullable Long timestamp,
            WorkerSettings worker,
            String defaultClassifier,
            boolean force) {
        this(
                description,
                version,
                baseDirectory,
                outputDirectory,
                workDirectory,
                timestamp,
                worker,
                defaultClassifier,
                force,
                null,
                null);
    }

    /** The same with signatures by this key. */
    public ImageBuildRequest signedBy(@Nullable GpgKey key) {
        return new ImageBuildRequest(
                description,
                version,
                baseDirectory,
                outputDirectory,
                workDirectory,
                timestamp,
                worker,
                defaultClassifier,
                force,
                key,
                project);
    }

    /** The same for an image of this project. */
    public ImageBuildRequest of(Project mavenProject) {
        return new ImageBuildRequest(
                description,
                version,
                baseDirectory,
                outputDirectory,
                workDirectory,
                timestamp,
                worker,
                defaultClassifier,
                force,
                signing,
                mavenProject);
    }

    /** A request that builds whatever is there already. */
    public ImageBuildRequest(
            ImageDescription description,
            String version,
            Path baseDirectory,
            Path outputDirectory,
            @Nullable Path workDirectory,
            @Nullable Long timestamp,
            WorkerSettings worker,
            String defaultClassifier) {
        this(
                description,
                version,
                baseDirectory,
                outputDirectory,
                workDirectory,
                timestamp,
                worker,
                defaultClassifier,
                true);
    }

    /**
     * How the guest job runs.
     *
     * @param inProcess in this JVM, for debugging, instead of a forked one
     * @param classPath jars and directories of the forked JVM: the core, its dependencies, and the user's own operations
     * @param appliance what the engine libguestfs may use of the machine
     * @param credentials what the job may need to open the source; they reach the worker on its standard input alone
     */
    public record WorkerSettings(
            boolean inProcess, List<Path> classPath, ApplianceSettings appliance, Credentials credentials) {

        /** A worker whose appliance, if it needs one, is an ordinary one. */
        public WorkerSettings(boolean inProcess, List<Path> classPath) {
            this(inProcess, classPath, ApplianceSettings.DEFAULT, Credentials.NONE);
        }

        /** Copies the list. */
        public WorkerSettings {
            classPath = List.copyOf(classPath);
        }
    }
}
