package io.imagewright.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.imagewright.guest.inspect.Facts;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a build.
 *
 * @param sourceSize virtual bytes of all disks of the source
 * @param sourceStored bytes that the source takes on its media
 * @param outputs the images, disk by disk, of each in the order of the description's formats
 * @param manifest the manifest file
 * @param sbom the bill of materials; null when there is none
 * @param facts what inspection found
 * @param operations what each operation, action and the seal did, in order
 * @param steps durations for the summary; empty when nothing had to be done, as the image was up to date
 * @param signatures the signature of each file that was signed, of images, manifest and bill of materials
 */
public record ImageBuildResult(
        String name,
        long sourceSize,
        long sourceStored,
        List<Output> outputs,
        Path manifest,
        @Nullable Path sbom,
        Facts facts,
        List<OperationReport> operations,
        List<StepReport> steps,
        Map<Path, Path> signatures) {

    /** Copies the collections. */
    public ImageBuildResult {
        signatures = Map.copyOf(signatures);
        outputs = List.copyOf(outputs);
        operations = List.copyOf(operations);
        steps = List.copyOf(steps);
    }

    /** The same build with these files. */
    public ImageBuildResult withFiles(List<Output> files, Path otherManifest, Map<Path, Path> otherSignatures) {
        return new ImageBuildResult(
                name, sourceSize, sourceStored, files, otherManifest, sbom, facts, operations, steps, otherSignatures);
    }

    /** Whether the image was there already, and nothing was done. */
    public boolean isUpToDate() {
        return steps.isEmpty();
    }

    /** The last lines of a build, for people: its steps, what came out, and how much smaller it is. */
    public List<String> lines() {
        return isUpToDate() ? List.of("Image " + name + " is up to date") : BuildSummary.of(this);
    }

    /** Only what came out, for people: the directory, and each file. */
    public List<String> files() {
        return BuildSummary.files(this);
    }

    /**
     * One finished image file with its sidecars.
     *
     * @param format format word
     * @param type Maven artifact type, which is the file extension too
     * @param classifier Maven classifier; empty for the main one
     * @param virtualSize bytes of the disk that a guest sees
     * @param storedSize bytes that the file takes on the medium
     * @param digests hexadecimal digest by word
     * @param sidecars files beside it, by artifact type: {@code qcow2.sha256sum}, {@code diskdump.meta} ...
     */
    public record Output(
            Path file,
            String format,
            String type,
            String classifier,
            long virtualSize,
            long storedSize,
            Map<String, String> digests,
            Map<String, Path> sidecars) {

        /** Copies the maps. */
        public Output {
            digests = Map.copyOf(digests);
            sidecars = Map.copyOf(sidecars);
        }

        /** The same image with these files beside it. */
        public Output withSidecars(Map<String, Path> other) {
            return new Output(file, format, type, classifier, virtualSize, storedSize, digests, other);
        }
    }

    /** What one operation did: number of changes and bytes freed. */
    public record OperationReport(String name, int changes, long bytes) {}

    /** One line of the summary table. */
    public record StepReport(String step, double seconds, long bytes) {}
}
