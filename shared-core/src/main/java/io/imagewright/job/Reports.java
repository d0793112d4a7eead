package io.imagewright.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.contents.Contents;
import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Partition;
import io.imagewright.disk.PartitionTable;
import io.imagewright.disk.SourceImage;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.source.SourceMedium;
import org.jspecify.annotations.Nullable;

/** Puts a job's results together. */
final class Reports {

    private final WorkingDisks disks;
    private final GuestSysprep sysprep;
    private final long now;

    Reports(WorkingDisks disks, GuestSysprep sysprep, long now) {
        this.disks = disks;
        this.sysprep = sysprep;
        this.now = now;
    }

    GuestReport inspection(Facts facts) {
        return inspection(facts, Contents.NONE);
    }

    /** @param contents what is in the guest, if that was asked for */
    GuestReport inspection(Facts facts, Contents contents) {
        return unbuilt(facts, List.of(), "", contents);
    }

    /** @param shrink what becomes of the partitions, as a sentence */
    GuestReport plan(Facts facts, List<GuestReport.Outcome> planned, String shrink) {
        return unbuilt(facts, planned, shrink, Contents.NONE);
    }

    /** What a build would note of the sources, without a look at the guest. */
    static GuestReport digest(List<SourceImage> sources, List<String> digests, Map<String, String> tools) {
        List<GuestReport.Disk> digested = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            digested.add(disk(sources.get(i), digests.get(i), "", List.of(), null));
        }
        return new GuestReport(
                digested, Facts.NONE, List.of(), List.of(), List.of(), "", 0, tools, Contents.NONE, null);
    }

    /**
     * What a build would note of media that are not unpacked for that: what is in them is not known.
     *
     * @param digests of them, in order
     */
    static GuestReport digestPacked(List<SourceMedium> media, List<String> digests, Map<String, String> tools) {
        List<GuestReport.Disk> digested = new ArrayList<>();
        for (int i = 0; i < media.size(); i++) {
            String name = String.valueOf(media.get(i).path().getFileName());
            for (int disk = media.get(i).disks(); disk > 0; disk--) {
                digested.add(new GuestReport.Disk(name, "", 0, 0, digests.get(i), "", List.of(), null));
            }
        }
        return new GuestReport(
                digested, Facts.NONE, List.of(), List.of(), List.of(), "", 0, tools, Contents.NONE, null);
    }

    private GuestReport unbuilt(Facts facts, List<GuestReport.Outcome> outcomes, String shrink, Contents contents) {
        return new GuestReport(
                disks.all().stream()
                        .map(disk -> disk(disk.source(), "", disk.table().kind(), List.of(), null))
                        .toList(),
                facts,
                sysprep.operations(facts),
                outcomes,
                sysprep.parameters(),
                shrink,
                now,
                Map.of(),
                contents,
                null);
    }

    /**
     * What was built.
     *
     * @param finished the disks
     * @param digests of their sources
     * @param swap value of the property {@code SWAP}; empty for none
     */
    GuestReport build(
            FinishedGuest.Found found,
            List<GuestReport.Outcome> prepared,
            List<DiskAssembly.Finished> finished,
            String swap,
            List<String> digests,
            Map<String, String> tools) {
        Facts facts = found.facts();
        List<GuestReport.Disk> built = new ArrayList<>();
        for (DiskAssembly.Finished disk : finished) {
            built.add(disk(
                    disk.disk().source(),
                    digests.get(built.size()),
                    disk.table().kind(),
                    partitions(disk, facts.volumes()),
                    disk.layout()));
        }
        return new GuestReport(
                built,
                swap.isEmpty() ? facts : withSwap(facts, swap),
                sysprep.operations(facts),
                prepared,
                sysprep.parameters(),
                "",
                now,
                tools,
                found.contents(),
                found.tree());
    }

    private static GuestReport.Disk disk(
            SourceImage source,
            String digest,
            String table,
            List<GuestReport.PartitionReport> partitions,
            @Nullable DiskLayout layout) {
        return new GuestReport.Disk(
                String.valueOf(source.medium().getFileName()),
                source.format(),
                source.virtualSize(),
                source.storedSize(),
                digest,
                table,
                partitions,
                layout);
    }

    private static Facts withSwap(Facts facts, String swap) {
        Map<String, String> properties = new TreeMap<>(facts.properties());
        properties.put("SWAP", swap);
        return facts.with(properties, facts.warnings());
    }

    private static List<GuestReport.PartitionReport> partitions(DiskAssembly.Finished finished, List<Volume> volumes) {
        PartitionTable table = finished.table();
        List<GuestReport.PartitionReport> reports = new ArrayList<>();
        for (Partition partition : table.partitions()) {
            int number = finished.disk().number(partition);
            Volume volume = volumes.stream()
                    .filter(candidate -> candidate.partition() == number)
                    .findFirst()
                    .orElse(new Volume(number, "", "", "", "", "", 0, 0));
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
