package io.imagewright.finished;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.imagewright.api.ImagePart;
import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.FileDigest;
import io.imagewright.error.CommandName;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.error.Message;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;

/**
 * A manifest that was read, and the files beside it. Not thread-safe.
 *
 * @param directory where the manifest and the image's files are
 * @param images finds them
 */
public record StoredImage(Path directory, Path manifestFile, ImageManifest manifest, ImageFiles images) {

    private StoredImage(Path directory, Path manifestFile, ImageManifest manifest) {
        this(directory, manifestFile, manifest, new ImageFiles(directory));
    }

    /**
     * Finds the image by its manifest: the one of this name, or one that a Maven repository has renamed.
     *
     * @throws ImageException SOURCE when there is none
     */
    public static StoredImage open(Path directory, String name, String version) {
        Path file = directory.resolve(ManifestFile.fileName(name, version));
        if (!Files.isRegularFile(file)) {
            Optional<StoredImage> renamed = renamed(directory, name, version);
            if (renamed.isPresent()) {
                return renamed.get();
            }
            throw ImageException.of(
                    Kind.SOURCE,
                    "Cannot find the finished image " + name + " " + version,
                    "there is no " + file,
                    Message.of("Build it first with ", CommandName.BUILD, "."));
        }
        return open(file);
    }

    private static Optional<StoredImage> renamed(Path directory, String name, String version) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.limit(ImageFiles.MOST_FILES)
                    .filter(ManifestFile::isNamedSo)
                    .sorted()
                    .flatMap(StoredImage::readable)
                    .filter(image -> image.manifest().name().equals(name)
                            && image.manifest().version().equals(version))
                    .findFirst();
        } catch (IOException failure) {
            throw unreadable(directory, failure);
        }
    }

    /** Nothing where the manifest of another image is damaged. */
    private static Stream<StoredImage> readable(Path file) {
        try {
            return Stream.of(open(file));
        } catch (ImageException damaged) {
            return Stream.empty();
        }
    }

    /**
     * The image of this manifest.
     *
     * @throws ImageException SOURCE when it is none
     */
    public static StoredImage open(Path file) {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
        try {
            ImageManifest manifest = ManifestFile.read(file);
            manifest.artifacts().forEach(artifact -> plainName(file, artifact.file()));
            return new StoredImage(directory, file, manifest);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /** A manifest may come from anywhere; what it names lies beside it. */
    public static String plainName(Path manifest, String name) {
        if (!ManifestFile.isPlainName(name)) {
            throw ImageException.of(
                    Kind.SOURCE,
                    "Cannot use the manifest " + manifest,
                    "it names the file '" + name.replaceAll("\\p{Cntrl}", "?") + "', which is no plain file name",
                    "Build or download the image again.");
        }
        return name;
    }

    /** The file of an artifact, found by its digest when it has another name; it may be missing. */
    public Path file(ArtifactEntry artifact) {
        return images.of(artifact);
    }

    /**
     * The same image with this file alone.
     *
     * @param file name in the manifest
     * @throws ImageException SOURCE when the manifest does not name it
     */
    public StoredImage only(String file) {
        List<ArtifactEntry> chosen = manifest.artifacts().stream()
                .filter(artifact -> artifact.file().equals(file))
                .toList();
        if (chosen.isEmpty()) {
            throw ImageException.of(
                    Kind.SOURCE,
                    "Cannot find " + file,
                    "the manifest " + manifestFile + " names " + String.join(", ", files()),
                    "");
        }
        return new StoredImage(directory, manifestFile, manifest.withArtifacts(chosen));
    }

    /** The images and the files that describe each, as a build puts them beside the manifest. */
    public List<ImagePart> parts() {
        return manifest.artifacts().stream()
                .flatMap(artifact -> SidecarCheck.names(artifact).stream()
                        .map(name -> new ImagePart(name, artifact.file(), artifact.classifier())))
                .toList();
    }

    /** Name of the bill of materials; empty when the image has none. */
    public Optional<String> sbom() {
        return Optional.ofNullable(manifest.sbom()).map(name -> plainName(manifestFile, name));
    }

    /** As the image is called. */
    public String name() {
        return manifest.name();
    }

    /** Names of the image's files, in the order of the manifest. */
    public List<String> files() {
        return manifest.artifacts().stream().map(ArtifactEntry::file).toList();
    }

    static Map<String, String> digests(
            Path file, List<DigestAlgorithm> algorithms, String step, ProgressListener listener) {
        return new Steps(listener).run(step, running -> {
            try {
                long size = Files.size(file);
                running.detail(String.valueOf(file.getFileName()));
                Map<String, String> digests = FileDigest.of(file, algorithms, running.copying(size));
                running.bytes(size);
                return digests;
            } catch (IOException failure) {
                throw unreadable(file, failure);
            }
        });
    }

    public static ImageException unreadable(Path file, IOException failure) {
        return FileFailure.unreadable(Kind.SOURCE, file, failure);
    }
}
