package io.imagewright.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.imagewright.disk.Extent;
import io.imagewright.disk.FatVolume;
import io.imagewright.disk.SparseFile;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import io.imagewright.guest.Engine;
import io.imagewright.guest.TextSearch;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.VolumeGroup;
import io.imagewright.sysprep.MediumContext;

/** What of the disks is no file system of the engine. */
final class DiskMediumContext implements MediumContext {

    /** Bytes that are read of a partition that nothing is known of: PReP and BIOS boot partitions are smaller. */
    private static final long UNKNOWN = 64L << 20;

    private final List<DiskPlan> plans;
    private final Engine engine;

    DiskMediumContext(List<DiskPlan> plans, Engine engine) {
        this.plans = List.copyOf(plans);
        this.engine = engine;
    }

    @Override
    public List<VolumeGroup> groups() {
        return engine.groups();
    }

    @Override
    public boolean hasAppliance() {
        return engine.traits().mounts();
    }

    @Override
    public Set<Integer> removed() {
        return plans.stream().flatMap(plan -> plan.shrink().removed().stream()).collect(Collectors.toSet());
    }

    @Override
    public Map<String, String> find(Set<String> texts) {
        Map<String, String> found = new TreeMap<>();
        try {
            for (DiskPlan plan : plans) {
                find(plan.disk(), texts, found);
            }
        } catch (IOException failure) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot read the boot loader's partitions of the medium",
                    FileFailure.reason(failure),
                    "Check the medium.",
                    failure);
        }
        return found;
    }

    /** Which of the texts a partition holds. */
    static Set<String> find(Volume volume, VolumeFile file, Set<String> texts) throws IOException {
        return search(file.file(), extents(volume, file), texts);
    }

    private static void find(WorkingDisk disk, Set<String> texts, Map<String, String> found) throws IOException {
        long gap = disk.volumes().stream().mapToLong(Volume::offset).min().orElse(0);
        if (gap > 0) {
            search(disk.beginning(gap), List.of(new Extent(0, gap)), texts)
                    .forEach(text -> found.putIfAbsent(text, "the boot loader before the first partition"));
        }
        for (Volume volume : disk.volumes()) {
            String type = volume.type().isEmpty() ? "unknown content" : volume.type();
            find(volume, disk.file(volume.partition()), texts)
                    .forEach(text -> found.putIfAbsent(text, volume.describe() + " (" + type + ")"));
        }
    }

    private static List<Extent> extents(Volume volume, VolumeFile file) throws IOException {
        if (volume.type().equals("vfat")) {
            try (SparseFile open = SparseFile.openRead(file.file())) {
                return FatVolume.usedExtents(open, file.offset(), volume.length())
                        .extents();
            }
        }
        return volume.type().isEmpty()
                ? List.of(new Extent(file.offset(), Math.min(volume.length(), UNKNOWN)))
                : List.of();
    }

    private static Set<String> search(Path file, List<Extent> extents, Set<String> texts) throws IOException {
        TextSearch search = new TextSearch(texts);
        byte[] buffer = new byte[1 << 16];
        try (SparseFile open = SparseFile.openRead(file)) {
            for (Extent extent : extents) {
                for (Extent data : open.dataExtents(extent.offset(), extent.length())) {
                    search.restart();
                    for (long at = data.offset(); at < data.end(); at += buffer.length) {
                        int count = (int) Math.min(buffer.length, data.end() - at);
                        open.read(at, ByteBuffer.wrap(buffer, 0, count));
                        search.feed(buffer, count);
                    }
                }
            }
        }
        return search.found();
    }
}
