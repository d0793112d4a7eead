package io.imagewright.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.api.ImageBuildRequest;
import io.imagewright.format.WrittenOutput;
import io.imagewright.job.GuestReport;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.ContentSummary;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.ProjectOrigin;
import io.imagewright.sysprep.Removed;
import org.jspecify.annotations.Nullable;

/** Makes the manifest of a build. */
final class Manifests {

    private Manifests() {}

    static ImageManifest of(
            ImageBuildRequest request,
            @Nullable ProjectOrigin origin,
            String requestDigest,
            GuestReport report,
            Map<String, String> properties,
            List<WrittenOutput> outputs,
            @Nullable String sbom) {
        return new ImageManifest(
                ImageManifest.SCHEMA,
                request.description().name(),
                request.version(),
                requestDigest,
                new TreeMap<>(report.tools()),
                origin,
                new TreeMap<>(request.description().labels()),
                source(report),
                ImageManifest.facts(report.facts()),
                new TreeMap<>(properties),
                partitions(report),
                report.outcomes().stream().map(Manifests::operation).toList(),
                ContentSummary.of(report.contents()).orElse(null),
                outputs.stream()
                        .map(output -> artifact(
                                output,
                                output.output().format().holdsTree()
                                        ? null
                                        : disk(report, output.output().disk())))
                        .toList(),
                sbom,
                List.of());
    }

    private static ImageManifest.OperationEntry operation(GuestReport.Outcome outcome) {
        Removed removed = outcome.removed();
        return new ImageManifest.OperationEntry(
                outcome.name(),
                outcome.changes(),
                outcome.bytes(),
                removed.equals(Removed.NOTHING)
                        ? null
                        : new ImageManifest.RemovedEntry(removed.files(), removed.bytes(), removed.places()));
    }

    /** What the image was made from. */
    static ImageManifest.Source source(GuestReport report) {
        List<ImageManifest.Source> disks = new ArrayList<>();
        for (GuestReport.Disk disk : report.disks()) {
            Long size = report.disks().size() > 1 ? disk.size() : null;
            disks.add(new ImageManifest.Source(disk.file(), disk.digest(), disk.format(), size, List.of()));
        }
        ImageManifest.Source first = disks.remove(0);
        return new ImageManifest.Source(first.file(), first.sha256(), first.format(), first.size(), disks);
    }

    /** The number from 1 of a disk that is not alone. */
    private static @Nullable Integer disk(GuestReport report, int index) {
        return report.disks().size() > 1 ? index + 1 : null;
    }

    private static List<ImageManifest.PartitionEntry> partitions(GuestReport report) {
        List<ImageManifest.PartitionEntry> entries = new ArrayList<>();
        for (int i = 0; i < report.disks().size(); i++) {
            for (GuestReport.PartitionReport partition : report.disks().get(i).partitions()) {
                entries.add(partition(disk(report, i), partition));
            }
        }
        return entries;
    }

    private static ImageManifest.PartitionEntry partition(
            @Nullable Integer disk, GuestReport.PartitionReport partition) {
        return new ImageManifest.PartitionEntry(
                disk,
                partition.number(),
                partition.type(),
                partition.offset(),
                partition.size(),
                partition.fileSystem(),
                partition.uuid(),
                partition.label(),
                partition.partUuid(),
                partition.partLabel());
    }

    private static ArtifactEntry artifact(WrittenOutput output, @Nullable Integer disk) {
        return new ArtifactEntry(
                output.output().fileName(),
                output.output().format().word(),
                output.output().classifier(),
                disk,
                output.virtualSize(),
                output.storedSize(),
                new TreeMap<>(output.digests()));
    }
}
