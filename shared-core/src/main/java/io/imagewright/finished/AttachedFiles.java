package io.imagewright.finished;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.imagewright.api.GpgKey;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.checksum.Sidecars;
import io.imagewright.disk.DiskFull;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.manifest.VariantFile;
import io.imagewright.progress.ProgressListener;
import io.imagewright.staging.Cancelled;
import io.imagewright.staging.Cleanup;
import io.imagewright.staging.Delivery;
import io.imagewright.staging.WorkDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The files that name an image's files (checksums, {@code .variant} and manifest), written again with the names that a Maven repository
 * gives. A repository calls every file {@code artifactId-version[-classifier].extension}, whatever its name was; with the names of the
 * output directory, {@code sha256sum -c} would fail for everybody who takes the files from there.
 */
public final class AttachedFiles {

    private final ImageBuildResult result;
    private final Map<Path, String> names;
    private final Path directory;
    private final Delivery delivery;
    private final Signing signing;

    private AttachedFiles(ImageBuildResult result, Map<Path, String> names, Path directory, @Nullable GpgKey key) {
        this.result = result;
        this.names = names;
        this.directory = directory;
        this.delivery = new Delivery(directory);
        this.signing = new Signing(key, directory);
    }

    /**
     * Writes them, unless the names are those of the output directory already.
     *
     * @param names what a repository calls each image, the manifest and the bill of materials of the result
     * @param directory where the files go; made when missing
     * @param key signs the manifest; null for no signature
     * @return the same result with these files in place of those of the output directory
     * @throws ImageException ENVIRONMENT when the directory cannot be written
     */
    public static ImageBuildResult of(
            ImageBuildResult result,
            Map<Path, String> names,
            Path directory,
            @Nullable GpgKey key,
            ProgressListener listener) {
        boolean same = names.entrySet().stream()
                .filter(name -> !name.getKey().equals(result.manifest()))
                .allMatch(name -> String.valueOf(name.getKey().getFileName()).equals(name.getValue()));
        return same ? result : new AttachedFiles(result, names, directory, key).write(listener);
    }

    private ImageBuildResult write(ProgressListener listener) {
        try (Cleanup cleanup = new Cleanup()) {
            WorkDirectory staging = cleanup.create(directory);
            ImageManifest manifest = ManifestFile.read(result.manifest());
            List<ImageBuildResult.Output> outputs = new ArrayList<>();
            for (ImageBuildResult.Output output : result.outputs()) {
                outputs.add(output.withSidecars(sidecars(output, staging, manifest)));
            }
            Path renamed = staging.file(name(result.manifest()));
            ManifestFile.write(renamed, renamed(manifest));
            signing.add(renamed);
            Map<Path, Path> signatures = new HashMap<>(result.signatures());
            signatures.remove(result.manifest());
            signatures.putAll(signing.sign(delivery, listener));
            delivery.deliver(renamed, signing.outdated());
            return result.withFiles(outputs, directory.resolve(renamed.getFileName()), signatures);
        } catch (IOException failure) {
            Cancelled.check("Stopped writing the files to attach");
            throw DiskFull.recognise(directory, failure)
                    .orElseGet(() -> ImageException.of(
                            ImageException.Kind.ENVIRONMENT,
                            "Cannot write the files to attach to " + directory,
                            FileFailure.reason(failure),
                            "Check that the directory can be written.",
                            failure));
        }
    }

    private Map<String, Path> sidecars(ImageBuildResult.Output output, WorkDirectory staging, ImageManifest manifest)
            throws IOException {
        String name = name(output.file());
        Map<String, Path> written = new LinkedHashMap<>(Sidecars.write(staging.file(name), digests(output)));
        Path meta = output.sidecars().get(output.type() + ".meta");
        if (meta != null) {
            written.put("meta", Files.copy(meta, staging.file(name + ".meta"), StandardCopyOption.REPLACE_EXISTING));
            Path variant = staging.file(name + ".variant");
            VariantFile.write(variant, name, output.format(), manifest.properties());
            written.put("variant", variant);
        }
        Map<String, Path> sidecars = new HashMap<>();
        written.forEach((extension, file) -> sidecars.put(output.type() + "." + extension, delivery.add(file)));
        return sidecars;
    }

    /** Those for which the build wrote a file. */
    private static Map<String, String> digests(ImageBuildResult.Output output) {
        Map<String, String> digests = new LinkedHashMap<>(output.digests());
        digests.keySet()
                .removeIf(word -> !output.sidecars()
                        .containsKey(
                                output.type() + "." + DigestAlgorithm.of(word).sidecarExtension()));
        return digests;
    }

    private ImageManifest renamed(ImageManifest manifest) {
        Map<String, String> byOldName = new HashMap<>();
        names.forEach((file, name) -> byOldName.put(String.valueOf(file.getFileName()), name));
        List<ArtifactEntry> artifacts = manifest.artifacts().stream()
                .map(artifact -> artifact.withFile(byOldName.getOrDefault(artifact.file(), artifact.file())))
                .toList();
        String sbom = manifest.sbom();
        return manifest.withFiles(artifacts, sbom == null ? null : byOldName.getOrDefault(sbom, sbom));
    }

    private String name(Path file) {
        String name = names.get(file);
        if (name == null) {
            throw new IllegalArgumentException("no name for " + file);
        }
        return name;
    }
}
