package io.imagewright.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Partition;
import io.imagewright.disk.PartitionTable;
import io.imagewright.disk.SourceImage;
import io.imagewright.guest.Facts;
import io.imagewright.guest.Volume;

/** Puts a job's results together. */
final class Reports {

    private final SourceImage source;
    private final WorkingDisk disk;
    private final GuestSysprep sysprep;
    private final long now;

    Reports(SourceImage source, WorkingDisk disk, GuestSysprep sysprep, long now) {
        this.source = source;
        this.disk = disk;
        this.sysprep = sysprep;
        this.now = now;
    }

    GuestReport inspection(Facts facts) {
        return unbuilt(facts, List.of(), "");
    }

    /** @param shrink what becomes of the partitions, as a sentence */
    GuestReport plan(Facts facts, List<GuestReport.Outcome> planned, String shrink) {
        return unbuilt(facts, planned, shrink);
    }

    /** What a build would note of the source, without a look at the guest. */
    static GuestReport digest(SourceImage source, String digest, Map<String, String> tools) {
        return new GuestReport(
                source.format(),
                source.virtualSize(),
                source.storedSize(),
                digest,
                "",
                Facts.NONE,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                "",
                0,
                tools);
    }

    private GuestReport unbuilt(Facts facts, List<GuestReport.Outcome> outcomes, String shrink) {
        return new GuestReport(
                source.format(),
                source.virtualSize(),
                source.storedSize(),
                "",
                disk.table().kind(),
                facts,
                sysprep.operations(facts),
                outcomes,
                sysprep.parameters(),
                List.of(),
                null,
                shrink,
                now,
                Map.of());
    }

    GuestReport build(
            Facts facts,
            List<GuestReport.Outcome> prepared,
            PartitionTable table,
            DiskLayout layout,
            String swap,
            String digest,
            Map<String, String> tools) {
        return new GuestReport(
                source.format(),
                source.virtualSize(),
                source.storedSize(),
                digest,
                table.kind(),
                swap.isEmpty() ? facts : withSwap(facts, swap),
                sysprep.operations(facts),
                prepared,
                sysprep.parameters(),
                partitions(table, facts.volumes()),
                layout,
                "",
                now,
                tools);
    }

    private static Facts withSwap(Facts facts, String swap) {
        Map<String, String> properties = new TreeMap<>(facts.properties());
        properties.put("SWAP", swap);
        return new Facts(
                facts.osFamily(),
                facts.distribution(),
                facts.product(),
                facts.version(),
                facts.volumes(),
                facts.mounts(),
                properties,
                facts.warnings());
    }

    private static List<GuestReport.PartitionReport> partitions(PartitionTable table, List<Volume> volumes) {
        List<GuestReport.PartitionReport> reports = new ArrayList<>();
        for (Partition partition : table.partitions()) {
            Volume volume = volumes.stream()
                    .filter(candidate -> candidate.partition() == partition.number())
                    .findFirst()
                    .orElse(new Volume(partition.number(), "", "", "", "", "", 0, 0));
            reports.add(new GuestReport.PartitionReport(
                    partition.number(),
                    partition.type(),
                    partition.start() * table.sectorSize(),
                    partition.sectors() * table.sectorSize(),
                    volume.type(),
                    volume.uuid(),
                    volume.label(),
                    volume.partUuid(),
                    volume.partLabel()));
        }
        return reports;
    }
}
