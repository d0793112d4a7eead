package io.imagewright.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.api.ImageBuildResult;
import io.imagewright.checksum.DigestAlgorithm;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.format.PlannedOutput;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.job.GuestReport;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.BuildRecord;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.ManifestFile;
import io.imagewright.sbom.SbomFile;
import io.imagewright.signature.GpgSigner;

/** What lies in the output directory before a build. */
public final class Earlier {

    private final ImageBuildRequest request;
    private final List<PlannedOutput> planned;
    private final Path directory;
    private final Path manifestFile;
    private final Path sbom;

    public Earlier(ImageBuildRequest request, List<PlannedOutput> planned) {
        this.request = request;
        this.planned = List.copyOf(planned);
        this.directory = request.outputDirectory();
        this.manifestFile =
                directory.resolve(ManifestFile.fileName(request.description().name(), request.version()));
        this.sbom = directory.resolve(SbomFile.fileName(request.description().name(), request.version()));
    }

    /**
     * The image that is there, when it is what the build would make: its manifest records the same request, the same source and the same
     * tools, and its files were not touched since. As with make, that they were not touched is what their times say.
     *
     * @param requestDigest of the build that would be
     * @param look digests the source; asked for only when all else is as it should be
     */
    public Optional<ImageBuildResult> ifUpToDate(String requestDigest, Supplier<GuestReport> look) {
        try {
            if (!Files.isRegularFile(manifestFile)) {
                return Optional.empty();
            }
            ImageManifest manifest = ManifestFile.read(manifestFile);
            if (!manifest.requestSha256().equals(requestDigest)
                    || manifest.artifacts().size() != planned.size()) {
                return Optional.empty();
            }
            List<ImageBuildResult.Output> outputs = outputs(manifest);
            if (outputs.size() != planned.size() || !hasSbom(manifest)) {
                return Optional.empty();
            }
            Optional<Map<Path, Path>> signatures = signatures(outputs);
            if (signatures.isEmpty()) {
                return Optional.empty();
            }
            GuestReport source = look.get();
            boolean same = manifest.source().matches(Manifests.source(source)) && source.hasTools(manifest.tools());
            return same ? Optional.of(result(manifest, source, outputs, signatures.get())) : Optional.empty();
        } catch (IOException | ImageException unusable) {
            // a manifest that cannot be read, or a source that cannot be looked at: the build reports it
            return Optional.empty();
        }
    }

    /** Whether there is a bill of materials, untouched, where one is wanted. */
    private boolean hasSbom(ImageManifest manifest) throws IOException {
        return !request.description().sbom()
                || (String.valueOf(sbom.getFileName()).equals(manifest.sbom())
                        && untouched(sbom, Files.getLastModifiedTime(manifestFile)));
    }

    /** Those of the planned outputs that are there, whole, with all their sidecars. */
    private List<ImageBuildResult.Output> outputs(ImageManifest manifest) throws IOException {
        FileTime finished = Files.getLastModifiedTime(manifestFile);
        List<ImageBuildResult.Output> outputs = new ArrayList<>();
        for (int i = 0; i < planned.size(); i++) {
            PlannedOutput plan = planned.get(i);
            ArtifactEntry entry = manifest.artifacts().get(i);
            Path file = directory.resolve(plan.fileName());
            Optional<Map<String, Path>> sidecars = sidecars(plan, finished);
            if (entry.file().equals(plan.fileName()) && untouched(file, finished) && sidecars.isPresent()) {
                outputs.add(new ImageBuildResult.Output(
                        file,
                        plan.format().word(),
                        plan.artifactType(),
                        plan.classifier(),
                        entry.virtualSize(),
                        entry.storedSize(),
                        entry.digests(),
                        sidecars.get()));
            }
        }
        return outputs;
    }

    private Optional<Map<String, Path>> sidecars(PlannedOutput plan, FileTime finished) throws IOException {
        List<String> extensions =
                new ArrayList<>(DigestAlgorithm.of(request.description().checksums()).stream()
                        .map(DigestAlgorithm::sidecarExtension)
                        .toList());
        extensions.addAll(plan.sidecarExtensions());
        Map<String, Path> sidecars = new HashMap<>();
        for (String extension : extensions) {
            Path sidecar = directory.resolve(plan.fileName() + "." + extension);
            if (!untouched(sidecar, finished)) {
                return Optional.empty();
            }
            sidecars.put(plan.artifactType() + "." + extension, sidecar);
        }
        return Optional.of(sidecars);
    }

    /** Those that are asked for; nothing when one is missing. */
    private Optional<Map<Path, Path>> signatures(List<ImageBuildResult.Output> outputs) {
        Map<Path, Path> signatures = new HashMap<>();
        if (request.signing() != null) {
            List<Path> signed = new ArrayList<>(
                    outputs.stream().map(ImageBuildResult.Output::file).toList());
            signed.add(manifestFile);
            if (request.description().sbom()) {
                signed.add(sbom);
            }
            signed.forEach(file -> signatures.put(file, GpgSigner.signatureOf(file)));
        }
        return signatures.values().stream().allMatch(Files::isRegularFile) ? Optional.of(signatures) : Optional.empty();
    }

    private static boolean untouched(Path file, FileTime finished) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return attributes.lastModifiedTime().compareTo(finished) <= 0;
    }

    private ImageBuildResult result(
            ImageManifest manifest,
            GuestReport source,
            List<ImageBuildResult.Output> outputs,
            Map<Path, Path> signatures) {
        Map<String, String> facts = manifest.facts();
        return new ImageBuildResult(
                manifest.name(),
                source.sourceSize(),
                source.sourceStored(),
                outputs,
                manifestFile,
                request.description().sbom() ? sbom : null,
                new Facts(
                        facts.getOrDefault("osFamily", ""),
                        facts.getOrDefault("distribution", ""),
                        facts.getOrDefault("product", ""),
                        facts.getOrDefault("version", ""),
                        List.of(),
                        List.of(),
                        manifest.properties(),
                        List.of()),
                manifest.operations().stream()
                        .map(operation -> new ImageBuildResult.OperationReport(
                                operation.name(), operation.changes(), operation.bytes()))
                        .toList(),
                List.of(),
                signatures);
    }

    /**
     * Refuses to write over files that no build of this image made.
     *
     * @throws ImageException DESCRIPTION naming the file
     */
    public void refuseForeignFiles() {
        Set<String> ours = filesOfManifests();
        // by the record of a build that was killed before its manifest came, too
        boolean wasBuiltHere = !ours.isEmpty()
                || Files.exists(directory.resolve(
                        BuildRecord.fileName(request.description().name())));
        for (PlannedOutput plan : planned) {
            // the names that a build gives by itself; one that the user chose must be in a manifest
            boolean isOurs = ours.contains(plan.fileName()) || (wasBuiltHere && isNamedAfterImage(plan.fileName()));
            if (!isOurs) {
                Stream.concat(Stream.of(directory.resolve(plan.fileName())), BesideImage.of(directory, plan).stream())
                        .filter(Files::exists)
                        .findFirst()
                        .ifPresent(this::refuse);
            }
        }
        if (!wasBuiltHere && Files.exists(sbom)) {
            refuse(sbom);
        }
    }

    private void refuse(Path file) {
        throw ImageException.of(
                ImageException.Kind.DESCRIPTION,
                "Refusing to write over " + file,
                "no manifest beside it says that it was built as image "
                        + request.description().name(),
                Message.of("Move it away, or set ", SettingName.FORCE.to("true"), "."));
    }

    private boolean isNamedAfterImage(String file) {
        return file.startsWith(request.description().name() + "-");
    }

    /** The images that manifests of any version of this image name. */
    private Set<String> filesOfManifests() {
        if (!Files.isDirectory(directory)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> {
                        String manifest = String.valueOf(file.getFileName());
                        return isNamedAfterImage(manifest) && manifest.endsWith(ManifestFile.EXTENSION);
                    })
                    .flatMap(this::filesOf)
                    .collect(Collectors.toSet());
        } catch (IOException unreadable) {
            return Set.of();
        }
    }

    /** By what it says: of an image {@code web-db} the name may begin with {@code web-} too. */
    private Stream<String> filesOf(Path file) {
        try {
            ImageManifest manifest = ManifestFile.read(file);
            return manifest.name().equals(request.description().name())
                    ? manifest.artifacts().stream().map(ArtifactEntry::file)
                    : Stream.empty();
        } catch (IOException | ImageException unreadable) {
            return Stream.empty();
        }
    }
}
