package io.imagewright;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.imagewright.api.GpgKey;
import io.imagewright.api.ImagePart;
import io.imagewright.api.VerifyRequest;
import io.imagewright.api.VerifyResult;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.finished.ManifestUpdate;
import io.imagewright.finished.StoredImage;
import io.imagewright.finished.Verification;
import io.imagewright.manifest.BuildRecord;
import io.imagewright.manifest.Json;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.progress.ProgressListener;
import io.imagewright.report.ReportPage;
import io.imagewright.staging.Cancelled;
import io.imagewright.staging.Cleanup;
import io.imagewright.staging.Delivery;
import io.imagewright.staging.WorkDirectory;
import io.imagewright.staging.WorkParent;
import org.jspecify.annotations.Nullable;

/** An image that was built before: its manifest, its files and their checksums, in one directory. */
public final class FinishedImage {

    private final StoredImage stored;

    private FinishedImage(StoredImage stored) {
        this.stored = stored;
    }

    StoredImage stored() {
        return stored;
    }

    /** Whether a file is a manifest by its name, as a build or a Maven repository gives it. */
    public static boolean isManifest(Path file) {
        return ManifestFile.isNamedSo(file);
    }

    /** What the name of a manifest begins with, usually {@code <name>-<version>}; empty for names of other files. */
    public static Optional<String> baseName(Path file) {
        return ManifestFile.baseName(file);
    }

    /**
     * Finds the image by its manifest: the one of this name, or one that a Maven repository has renamed.
     *
     * @throws ImageException SOURCE when there is none
     */
    public static FinishedImage open(Path directory, String name, String version) {
        return new FinishedImage(StoredImage.open(directory, name, version));
    }

    /**
     * The image of this manifest.
     *
     * @throws ImageException SOURCE when it is none
     */
    public static FinishedImage open(Path file) {
        return new FinishedImage(StoredImage.open(file));
    }

    /**
     * The same image with this file alone.
     *
     * @param file name in the manifest
     * @throws ImageException SOURCE when the manifest does not name it
     */
    public FinishedImage only(String file) {
        return new FinishedImage(stored.only(file));
    }

    /** Names of the image's files, in the order of the manifest. */
    public List<String> files() {
        return stored.files();
    }

    /** What the manifest says, for programs: maps, lists, texts, numbers and flags, of which {@link Json} makes JSON. */
    public Map<String, Object> document() {
        return Json.map(stored.manifest());
    }

    /** The images and the files that describe each, as a build puts them beside the manifest. */
    public List<ImagePart> parts() {
        return stored.parts();
    }

    /** Name of the bill of materials; empty when the image has none. */
    public Optional<String> sbom() {
        return stored.sbom();
    }

    /** As the image is called. */
    public String name() {
        return stored.manifest().name();
    }

    /** What the record of the build beside the image says, as {@link #document}; empty where there is none, or it is of another version. */
    public Optional<Map<String, Object>> record() {
        Path file = stored.directory()
                .resolve(StoredImage.plainName(
                        stored.manifestFile(),
                        BuildRecord.fileName(stored.manifest().name())));
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            BuildRecord record = BuildRecord.read(file);
            return record.version().equals(stored.manifest().version())
                    ? Optional.of(Json.map(record))
                    : Optional.empty();
        } catch (IOException failure) {
            throw StoredImage.unreadable(file, failure);
        }
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
            WorkDirectory work = cleanup.create(WorkParent.choose(request.workDirectory(), stored.directory()));
            return new Verification(stored, request, work.path(), listener).run();
        } catch (IOException failure) {
            Cancelled.check("Stopped while the image was verified");
            throw StoredImage.unreadable(stored.directory(), failure);
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
            String name = ReportPage.fileName(
                    stored.manifest().name(), stored.manifest().version());
            Path page = cleanup.create(target).file(StoredImage.plainName(stored.manifestFile(), name));
            String html = ReportPage.of(stored.directory(), stored.manifest());
            Files.writeString(page, html, StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC);
            new Delivery(target).deliver(page, List.of());
            return target.resolve(page.getFileName());
        } catch (IOException failure) {
            throw ImageException.of(
                    Kind.ENVIRONMENT,
                    "Cannot write the report of " + stored.manifest().name() + " to " + target,
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
        new ManifestUpdate(stored, key, listener).checksum(words);
    }
}
