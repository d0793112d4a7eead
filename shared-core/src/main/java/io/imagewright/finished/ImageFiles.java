package io.imagewright.finished;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.FileDigest;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.ManifestFile;

/**
 * The files beside a manifest. A repository, a download or {@code dependency:copy} may have given an image another name than the manifest
 * knows; then it is the file that has its digest. Not thread-safe.
 */
final class ImageFiles {

    /** Files of one directory that are looked at; more are no place for an image. */
    static final int MOST_FILES = 1000;

    /** Tables of a format, and rounding to blocks: what a length may differ from the sizes in the manifest. */
    private static final long TOLERANCE = 16 << 20;

    private final Path directory;
    private final Map<ArtifactEntry, Path> found = new HashMap<>();

    ImageFiles(Path directory) {
        this.directory = directory;
    }

    /** The image's file; where no file is the image, the one that the manifest's name would be. */
    Path of(ArtifactEntry artifact) {
        return found.computeIfAbsent(artifact, this::find);
    }

    /** Whether the file has another name than its manifest knows, so that the files beside it may have other names too. */
    boolean isRenamed(ArtifactEntry artifact) {
        return !of(artifact).equals(named(artifact));
    }

    private Path named(ArtifactEntry artifact) {
        return directory.resolve(artifact.file());
    }

    private Path find(ArtifactEntry artifact) {
        Path named = named(artifact);
        Optional<DigestAlgorithm> algorithm = Stream.of(DigestAlgorithm.values())
                .filter(candidate -> artifact.digests().containsKey(candidate.word()))
                .max(Comparator.naturalOrder());
        if (Files.exists(named) || algorithm.isEmpty()) {
            return named;
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> candidates = files.limit(MOST_FILES)
                    .filter(file -> mayBe(file, artifact))
                    .sorted()
                    .toList();
            for (Path candidate : candidates) {
                if (has(candidate, algorithm.get(), artifact)) {
                    return candidate;
                }
            }
            return named;
        } catch (IOException failure) {
            throw StoredImage.unreadable(directory, failure);
        }
    }

    private static boolean mayBe(Path file, ArtifactEntry artifact) {
        try {
            return Files.isRegularFile(file)
                    && !ManifestFile.isNamedSo(file)
                    // what is stored of a sparse file is less than its length
                    && Files.size(file) >= artifact.storedSize() - TOLERANCE
                    && Files.size(file) <= Math.max(artifact.storedSize(), artifact.virtualSize()) + TOLERANCE;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static boolean has(Path file, DigestAlgorithm algorithm, ArtifactEntry artifact) throws IOException {
        String digest = FileDigest.of(file, List.of(algorithm), position -> {}).get(algorithm.word());
        return Objects.equals(digest, artifact.digests().get(algorithm.word()));
    }
}
