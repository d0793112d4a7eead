package io.imagewright;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.format.WrittenOutput;
import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.worker.GuestReport;

/** Makes the manifest of a build. */
final class Manifests {

    private Manifests() {}

    static ImageManifest of(
            ImageBuildRequest request,
            String requestDigest,
            GuestReport report,
            Map<String, String> properties,
            List<WrittenOutput> outputs) {
        return new ImageManifest(
                ImageManifest.SCHEMA,
                request.description().name(),
                request.version(),
                requestDigest,
                new TreeMap<>(report.tools()),
                new ImageManifest.Source(report.sourceDigest(), report.sourceFormat()),
                ImageManifest.facts(report.facts()),
                new TreeMap<>(properties),
                report.partitions().stream().map(Manifests::partition).toList(),
                report.outcomes().stream()
                        .map(outcome ->
                                new ImageManifest.OperationEntry(outcome.name(), outcome.changes(), outcome.bytes()))
                        .toList(),
                outputs.stream().map(Manifests::artifact).toList(),
                null,
                List.of());
    }

    private static ImageManifest.PartitionEntry partition(GuestReport.PartitionReport partition) {
        return new ImageManifest.PartitionEntry(
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

    private static ArtifactEntry artifact(WrittenOutput output) {
        return new ArtifactEntry(
                output.output().fileName(),
                output.output().format().word(),
                output.output().classifier(),
                output.virtualSize(),
                output.storedSize(),
                new TreeMap<>(output.digests()));
    }
}
