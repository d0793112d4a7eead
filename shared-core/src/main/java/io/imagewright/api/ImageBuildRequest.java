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

    /**
     * A request for an image of version 1, from and to the current directory; to be completed.
     *
     * @param description the image
     * @param worker how the guest job runs
     */
    public static Builder builder(ImageDescription description, WorkerSettings worker) {
        return new Builder(new ImageBuildRequest(
                description, "1", Path.of(""), Path.of(""), null, null, worker, "", false, null, null));
    }

    /** To change some of it. */
    public Builder toBuilder() {
        return new Builder(this);
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

        /** No worker JVM: for debugging and tests. */
        public static final WorkerSettings IN_PROCESS = new WorkerSettings(true, List.of());

        /** A worker whose appliance, if it needs one, is an ordinary one. */
        public WorkerSettings(boolean inProcess, List<Path> classPath) {
            this(inProcess, classPath, ApplianceSettings.DEFAULT, Credentials.NONE);
        }

        /** Copies the list. */
        public WorkerSettings {
            classPath = List.copyOf(classPath);
        }
    }

    /** Makes a request; each method sets the component of its name. Not thread-safe. */
    public static final class Builder {

        private ImageDescription description;
        private String version;
        private Path baseDirectory;
        private Path outputDirectory;
        private @Nullable Path workDirectory;
        private @Nullable Long timestamp;
        private WorkerSettings worker;
        private String defaultClassifier;
        private boolean force;
        private @Nullable GpgKey signing;
        private @Nullable Project project;

        private Builder(ImageBuildRequest from) {
            this.description = from.description;
            this.version = from.version;
            this.baseDirectory = from.baseDirectory;
            this.outputDirectory = from.outputDirectory;
            this.workDirectory = from.workDirectory;
            this.timestamp = from.timestamp;
            this.worker = from.worker;
            this.defaultClassifier = from.defaultClassifier;
            this.force = from.force;
            this.signing = from.signing;
            this.project = from.project;
        }

        public Builder description(ImageDescription value) {
            this.description = value;
            return this;
        }

        public Builder version(String value) {
            this.version = value;
            return this;
        }

        public Builder baseDirectory(Path value) {
            this.baseDirectory = value;
            return this;
        }

        public Builder outputDirectory(Path value) {
            this.outputDirectory = value;
            return this;
        }

        public Builder workDirectory(@Nullable Path value) {
            this.workDirectory = value;
            return this;
        }

        public Builder timestamp(@Nullable Long value) {
            this.timestamp = value;
            return this;
        }

        public Builder worker(WorkerSettings value) {
            this.worker = value;
            return this;
        }

        public Builder defaultClassifier(String value) {
            this.defaultClassifier = value;
            return this;
        }

        public Builder force(boolean value) {
            this.force = value;
            return this;
        }

        public Builder signing(@Nullable GpgKey value) {
            this.signing = value;
            return this;
        }

        public Builder project(@Nullable Project value) {
            this.project = value;
            return this;
        }

        public ImageBuildRequest build() {
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
                    project);
        }
    }
}
