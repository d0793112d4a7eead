package io.imagewright.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.manifest.ArtifactEntry;
import io.imagewright.manifest.ImageManifest;
import io.imagewright.manifest.ImageManifest.PartitionEntry;

/**
 * One disk of a finished image.
 *
 * @param number from 1
 * @param size virtual bytes
 * @param partitions in the manifest's order
 */
record Disk(int number, long size, List<PartitionEntry> partitions) {

    Disk {
        partitions = List.copyOf(partitions);
    }

    /** The disks that a manifest speaks of, in order; none when it names neither a partition nor a file of a disk. */
    static List<Disk> of(ImageManifest manifest) {
        Map<Integer, List<PartitionEntry>> byDisk = new TreeMap<>();
        for (PartitionEntry partition : manifest.partitions()) {
            Integer disk = partition.disk();
            byDisk.computeIfAbsent(disk == null ? 1 : disk, number -> new java.util.ArrayList<>())
                    .add(partition);
        }
        for (ArtifactEntry artifact : manifest.artifacts()) {
            Integer disk = artifact.disk();
            byDisk.computeIfAbsent(disk == null ? 1 : disk, number -> new java.util.ArrayList<>());
        }
        return byDisk.entrySet().stream()
                .map(entry ->
                        new Disk(entry.getKey(), size(manifest, entry.getKey(), entry.getValue()), entry.getValue()))
                .filter(disk -> disk.size() > 0)
                .toList();
    }

    /** Outputs of one disk can differ in size, as some formats round it up, and some hold one file system only: the smallest that holds all. */
    private static long size(ImageManifest manifest, int disk, List<PartitionEntry> partitions) {
        long end = partitions.stream().mapToLong(Disk::end).max().orElse(0);
        return manifest.artifacts().stream()
                .filter(artifact -> disk == 1
                        ? artifact.holdsFirstDisk()
                        : Integer.valueOf(disk).equals(artifact.disk()))
                .mapToLong(ArtifactEntry::virtualSize)
                .filter(size -> size >= end)
                .min()
                .orElse(end);
    }

    /** The byte behind a partition, whatever its entry says. */
    static long end(PartitionEntry partition) {
        long start = start(partition);
        return start + Math.min(Math.max(0, partition.size()), Long.MAX_VALUE - start);
    }

    /** The first byte of a partition, whatever its entry says. */
    static long start(PartitionEntry partition) {
        return Math.max(0, partition.start());
    }
}
