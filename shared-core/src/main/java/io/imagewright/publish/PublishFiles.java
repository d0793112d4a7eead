package io.imagewright.publish;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.api.ImagePart;
import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.FileDigest;
import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;
import io.imagewright.finished.StoredImage;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.signature.GpgSigner;
import io.imagewright.target.PublishFile;
import io.imagewright.target.PublishImage;

/** Lists the files of a finished image as stores get them: images, what describes each, bill of materials, signatures, the manifest at the end. */
public final class PublishFiles {

    private final StoredImage image;
    private final Map<String, PublishFile> files = new LinkedHashMap<>();

    private PublishFiles(StoredImage image) {
        this.image = image;
    }

    /**
     * Of a whole image. Files of it whose SHA-256 the manifest lacks are read.
     *
     * @throws ImageException SOURCE when a file is missing, or has another name than the manifest knows
     */
    public static PublishImage of(StoredImage image) {
        try {
            return new PublishFiles(image).list();
        } catch (IOException failure) {
            throw StoredImage.unreadable(image.directory(), failure);
        }
    }

    private PublishImage list() throws IOException {
        for (ArtifactEntry artifact : image.manifest().artifacts()) {
            if (!image.file(artifact).equals(image.directory().resolve(artifact.file()))) {
                throw refused(
                        "the manifest names " + artifact.file() + ", and that file is "
                                + image.file(artifact).getFileName() + " here",
                        "Publish the image from the directory that it was built in.");
            }
            add(artifact.file(), artifact.digests());
        }
        for (ImagePart part : image.parts()) {
            add(part.name(), new TreeMap<>());
        }
        List<String> signed = new ArrayList<>(image.files());
        Optional<String> sbom = image.sbom();
        if (sbom.isPresent()) {
            add(sbom.get(), new TreeMap<>());
            signed.add(sbom.get());
        }
        String manifest = String.valueOf(image.manifestFile().getFileName());
        signed.add(manifest);
        for (String file : signed) {
            Path signature = GpgSigner.signatureOf(image.directory().resolve(file));
            if (Files.isRegularFile(signature)) {
                add(String.valueOf(signature.getFileName()), new TreeMap<>());
            }
        }
        add(manifest, new TreeMap<>());
        return new PublishImage(image.name(), image.manifest().version(), List.copyOf(files.values()));
    }

    private void add(String name, SortedMap<String, String> known) throws IOException {
        if (files.containsKey(name)) {
            return;
        }
        Path file = image.directory().resolve(name);
        if (!Files.isRegularFile(file)) {
            throw refused(file + " is missing", "Build the image again, or set its file back.");
        }
        SortedMap<String, String> digests = new TreeMap<>(known);
        if (!digests.containsKey(DigestAlgorithm.SHA256.word())) {
            digests.putAll(FileDigest.of(file, List.of(DigestAlgorithm.SHA256), position -> {}));
        }
        files.put(name, new PublishFile(name, file, Files.size(file), digests));
    }

    private ImageException refused(String reason, String next) {
        return ImageException.of(
                Kind.SOURCE,
                "Cannot publish " + image.name() + " " + image.manifest().version(),
                reason,
                next);
    }
}
