package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.FileDigest;
import io.imagewright.checksum.Sidecars;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.BuildRecord;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.Json;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.manifest.ProjectOrigin;
import io.imagewright.progress.ProgressListener;
import io.imagewright.progress.Steps;
import io.imagewright.report.ReportPage;
import io.imagewright.signature.GpgKey;
import org.jspecify.annotations.Nullable;

/** An image that was built before: its manifest, its files and their checksums, in one directory. */
public final class FinishedImage {

    private final Path directory;
    private final Path manifestFile;
    private final ImageManifest manifest;
    private final ImageFiles images;

    private FinishedImage(Path directory, Path manifestFile, ImageManifest manifest) {
        this.directory = directory;
        this.manifestFile = manifestFile;
        this.manifest = manifest;
        this.images = new ImageFiles(directory);
    }

    /**
     * Finds the image by its manifest: the one of this name, or one that a Maven repository has renamed.
     *
     * @throws ImageException SOURCE when there is none
     */
    public static FinishedImage open(Path directory, String name, String version) {
        Path file = directory.resolve(ManifestFile.fileName(name, version));
        if (!Files.isRegularFile(file)) {
            Optional<FinishedImage> renamed = renamed(directory, name, version);
            if (renamed.isPresent()) {
                return renamed.get();
            }
            throw ImageException.of(
                    Kind.SOURCE,
                    "Cannot find the finished image " + name + " " + version,
                    "there is no " + file,
                    "Build it first with image:build.");
        }
        return open(file);
    }

    private static Optional<FinishedImage> renamed(Path directory, String name, String version) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.limit(ImageFiles.MOST_FILES)
                    .filter(ManifestFile::isNamedSo)
                    .sorted()
                    .flatMap(FinishedImage::readable)
                    .filter(image -> image.manifest.name().equals(name)
                            && image.manifest.version().equals(version))
                    .findFirst();
        } catch (IOException failure) {
            throw unreadable(directory, failure);
        }
    }

    /** Nothing where the manifest of another image is damaged. */
    private static Stream<FinishedImage> readable(Path file) {
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
    public static FinishedImage open(Path file) {
        Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a directory");
        try {
            ImageManifest manifest = ManifestFile.read(file);
            manifest.artifacts().forEach(artifact -> plainName(file, artifact.file()));
            return new FinishedImage(directory, file, manifest);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /** A manifest may come from anywhere; what it names lies beside it. */
    static String plainName(Path manifest, String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._+-]{0,254}")) {
            throw ImageException.of(
                    Kind.SOURCE,
                    "Cannot use the manifest " + manifest,
                    "it names the file '" + name.replaceAll("\\p{Cntrl}", "?") + "', which is no plain file name",
                    "Build or download the image again.");
        }
        return name;
    }

    ImageManifest manifest() {
        return manifest;
    }

    /** What the manifest says, for programs: maps, lists, texts, numbers and flags, of which {@link Json} makes JSON. */
    public Map<String, Object> document() {
        return Json.map(manifest);
    }

    /** Where the manifest and the image's files are. */
    Path directory() {
        return directory;
    }

    /** The manifest itself. */
    Path manifestFile() {
        return manifestFile;
    }

    /** The file of an artifact, found by its digest when it has another name; it may be missing. */
    Path file(ArtifactEntry artifact) {
        return images.of(artifact);
    }

    /**
     * The same image with this file alone.
     *
     * @param file name in the manifest
     * @throws ImageException SOURCE when the manifest does not name it
     */
    public FinishedImage only(String file) {
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
        return new FinishedImage(directory, manifestFile, manifest.withArtifacts(chosen));
    }

    /** The images and the files that describe each, as a build puts them beside the manifest. */
    public List<Part> parts() {
        return manifest.artifacts().stream()
                .flatMap(artifact -> SidecarCheck.names(artifact).stream()
                        .map(name -> new Part(name, artifact.file(), artifact.classifier())))
                .toList();
    }

    /**
     * A file of an image.
     *
     * @param name without a directory
     * @param image name of the image that it is, or describes
     * @param classifier Maven classifier; empty for none
     */
    public record Part(String name, String image, String classifier) {}

    /** Name of the bill of materials; empty when the image has none. */
    public Optional<String> sbom() {
        return Optional.ofNullable(manifest.sbom()).map(name -> plainName(manifestFile, name));
    }

    /** As the image is called. */
    public String name() {
        return manifest.name();
    }

    /** What the record of the build beside the image says, as {@link #document}; empty where there is none, or it is of another version. */
    public Optional<Map<String, Object>> record() {
        Path file = directory.resolve(plainName(manifestFile, BuildRecord.fileName(manifest.name())));
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            BuildRecord record = BuildRecord.read(file);
            return record.version().equals(manifest.version()) ? Optional.of(Json.map(record)) : Optional.empty();
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    /** Names of the image's files, in the order of the manifest. */
    public List<String> files() {
        return manifest.artifacts().stream().map(ArtifactEntry::file).toList();
    }

    /**
     * Verifies every file against the manifest and the sidecars beside it, and looks whether each is whole for its format.
     *
     * @return what is wrong, a sentence each; empty when all is well
     */
    public List<String> verify(ProgressListener listener) {
        return verify(VerifyRequest.FILES, listener).findings();
    }

    /**
     * The same, with the signatures beside the files; and starts the image when that is asked for and nothing is wrong with it. Nothing is written
     * to the image.
     *
     * @throws ImageException SOURCE when the image does not boot: {@code <name>-<version>.boot.log} and {@code .boot.png} lie beside it then;
     *     UNSUPPORTED when it has no format that can be started; ENVIRONMENT when a program is missing
     */
    public VerifyResult verify(VerifyRequest request, ProgressListener listener) {
        try (Cleanup cleanup = new Cleanup()) {
            WorkDirectory work = cleanup.create(WorkParent.choose(request.workDirectory(), directory));
            return new Verification(directory, manifestFile, manifest, images, request, work.path(), listener).run();
        } catch (IOException failure) {
            Cancelled.check("Stopped while the image was verified");
            throw unreadable(directory, failure);
        }
    }

    /**
     * Writes the page that shows the image to people.
     *
     * @param target directory for it, which is made when missing
     * @return the page
     */
    public Path report(Path target) {
        try (Cleanup cleanup = new Cleanup()) {
            String name = ReportPage.fileName(manifest.name(), manifest.version());
            Path page = cleanup.create(target).file(plainName(manifestFile, name));
            String html = ReportPage.of(directory, manifest);
            Files.writeString(page, html, StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC);
            new Delivery(target).deliver(page, List.of());
            return target.resolve(page.getFileName());
        } catch (IOException failure) {
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot write the report of " + manifest.name() + " to " + target,
                    FileFailure.reason(failure),
                    "Check that the directory can be written and has space.",
                    failure);
        }
    }

    /**
     * Computes the checksums of every file again and writes its sidecars; the manifest takes them up beside those that it has.
     *
     * @param words of the algorithms
     * @param key that signs the new manifest; null to leave it without a signature, as that of the old one is none of it
     * @throws ImageException SOURCE when a file is missing or is not the one that the manifest speaks of
     */
    public void checksum(List<String> words, @Nullable GpgKey key, ProgressListener listener) {
        List<String> wanted =
                DigestAlgorithm.of(words).stream().map(DigestAlgorithm::word).toList();
        try (Cleanup cleanup = new Cleanup()) {
            WorkDirectory staging = cleanup.create(directory);
            Delivery delivery = new Delivery(directory);
            List<ArtifactEntry> entries = new ArrayList<>();
            for (ArtifactEntry artifact : manifest.artifacts()) {
                Map<String, String> digests = digestsOf(artifact, wanted, listener);
                Map<String, String> asked = new LinkedHashMap<>(digests);
                asked.keySet().retainAll(wanted);
                Sidecars.write(staging.file(artifact.file()), asked).values().forEach(delivery::add);
                entries.add(artifact.withDigests(new TreeMap<>(digests)));
            }
            deliver(manifest.withArtifacts(entries), staging, delivery, key, listener);
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    /** Writes the manifest again when it names another origin. */
    void renew(@Nullable ProjectOrigin origin, @Nullable GpgKey key, ProgressListener listener) {
        if (Objects.equals(manifest.origin(), origin)) {
            return;
        }
        try (Cleanup cleanup = new Cleanup()) {
            WorkDirectory staging = cleanup.create(directory);
            deliver(manifest.withOrigin(origin), staging, new Delivery(directory), key, listener);
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    private void deliver(
            ImageManifest renewed,
            WorkDirectory staging,
            Delivery delivery,
            @Nullable GpgKey key,
            ProgressListener listener)
            throws IOException {
        Path file = staging.file(String.valueOf(manifestFile.getFileName()));
        ManifestFile.write(file, renewed);
        Signing signing = new Signing(key, directory);
        signing.add(file);
        signing.sign(delivery, listener);
        delivery.deliver(file, signing.outdated());
    }

    private ImageException unwritable(IOException failure) {
        return ImageException.of(
                Kind.ENVIRONMENT,
                "Cannot write to " + directory,
                FileFailure.reason(failure),
                "Check that the directory can be written and has space.",
                failure);
    }

    private Map<String, String> digestsOf(ArtifactEntry artifact, List<String> wanted, ProgressListener listener) {
        Path file = directory.resolve(artifact.file());
        if (!Files.isRegularFile(file)) {
            throw other(file, "it is missing");
        }
        List<String> words = new ArrayList<>(wanted);
        words.addAll(artifact.digests().keySet());
        Map<String, String> digests = digests(file, DigestAlgorithm.of(words), "checksum", listener);
        artifact.digests().forEach((word, digest) -> {
            if (!digest.equals(digests.get(word))) {
                throw other(file, "its " + word + " is " + digests.get(word) + ", not " + digest);
            }
        });
        return digests;
    }

    private ImageException other(Path file, String reason) {
        return ImageException.of(
                Kind.SOURCE,
                "Cannot write checksums of " + file + ", which is not the file that " + manifestFile.getFileName()
                        + " speaks of",
                reason,
                "Build or download the image again.");
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

    static ImageException unreadable(Path file, IOException failure) {
        return FileFailure.unreadable(Kind.SOURCE, file, failure);
    }
}
