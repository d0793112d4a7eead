package io.imagewright.finished;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.imagewright.api.GpgKey;
import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.Sidecars;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.manifest.ProjectOrigin;
import io.imagewright.progress.ProgressListener;
import io.imagewright.staging.Cleanup;
import io.imagewright.staging.Delivery;
import io.imagewright.staging.WorkDirectory;
import org.jspecify.annotations.Nullable;

/** Writes the manifest of a finished image again: with further checksums, or another origin. */
public final class ManifestUpdate {

    private final StoredImage image;
    private final @Nullable GpgKey key;
    private final ProgressListener listener;

    /** @param key signs the new manifest; null to leave it without a signature, as that of the old one is none of it */
    public ManifestUpdate(StoredImage image, @Nullable GpgKey key, ProgressListener listener) {
        this.image = image;
        this.key = key;
        this.listener = listener;
    }

    /**
     * Computes the checksums of every file again and writes its sidecars.
     *
     * @throws ImageException SOURCE when a file is missing or is not the one in the manifest
     */
    public void checksum(List<String> words) {
        List<String> wanted =
                DigestAlgorithm.of(words).stream().map(DigestAlgorithm::word).toList();
        try (Cleanup cleanup = new Cleanup()) {
            WorkDirectory staging = cleanup.create(image.directory());
            Delivery delivery = new Delivery(image.directory());
            List<ArtifactEntry> entries = new ArrayList<>();
            for (ArtifactEntry artifact : image.manifest().artifacts()) {
                Map<String, String> digests = digestsOf(artifact, wanted);
                Map<String, String> asked = new LinkedHashMap<>(digests);
                asked.keySet().retainAll(wanted);
                Sidecars.write(staging.file(artifact.file()), asked).values().forEach(delivery::add);
                entries.add(artifact.withDigests(new TreeMap<>(digests)));
            }
            deliver(image.manifest().withArtifacts(entries), staging, delivery);
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    /** Writes the manifest again when it names another origin. */
    public void origin(@Nullable ProjectOrigin origin) {
        if (Objects.equals(image.manifest().origin(), origin)) {
            return;
        }
        try (Cleanup cleanup = new Cleanup()) {
            WorkDirectory staging = cleanup.create(image.directory());
            deliver(image.manifest().withOrigin(origin), staging, new Delivery(image.directory()));
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    private void deliver(ImageManifest renewed, WorkDirectory staging, Delivery delivery) throws IOException {
        Path file = staging.file(String.valueOf(image.manifestFile().getFileName()));
        ManifestFile.write(file, renewed);
        Signing signing = new Signing(key, image.directory());
        signing.add(file);
        signing.sign(delivery, listener);
        delivery.deliver(file, signing.outdated());
    }

    private ImageException unwritable(IOException failure) {
        return ImageException.of(
                Kind.ENVIRONMENT,
                "Cannot write to " + image.directory(),
                FileFailure.reason(failure),
                "Check that the directory can be written and has space.",
                failure);
    }

    private Map<String, String> digestsOf(ArtifactEntry artifact, List<String> wanted) {
        Path file = image.directory().resolve(artifact.file());
        if (!Files.isRegularFile(file)) {
            throw other(file, "it is missing");
        }
        List<String> words = new ArrayList<>(wanted);
        words.addAll(artifact.digests().keySet());
        Map<String, String> digests = StoredImage.digests(file, DigestAlgorithm.of(words), "checksum", listener);
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
                "Cannot write checksums of " + file + ", which is not the file that "
                        + image.manifestFile().getFileName() + " speaks of",
                reason,
                "Build or download the image again.");
    }
}
