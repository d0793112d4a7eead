package io.imagewright.job;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.Partition;
import io.imagewright.disk.PartitionTable;
import io.imagewright.disk.Piece;
import io.imagewright.disk.Region;
import io.imagewright.disk.SparseFile;
import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.shrink.ShrinkPlan;
import org.jspecify.annotations.Nullable;

/** Puts a disk that was taken apart together again: which bytes of which file lie where. */
final class DiskAssembly {

    private final WorkingDisk disk;
    private final ShrinkPlan plan;
    private final boolean cut;
    private final @Nullable Long size;
    private final Path directory;

    /**
     * Of a disk with such a plan.
     *
     * @param cut whether the disk ends behind its last partition; it keeps its size otherwise
     * @param size bytes of the whole disk; null to let it follow from the partitions
     * @param directory for the file that holds the new table
     */
    private DiskAssembly(DiskPlan plan, boolean cut, @Nullable Long size, Path directory) {
        this.disk = plan.disk();
        this.plan = plan.shrink();
        this.cut = cut;
        this.size = size;
        this.directory = directory;
    }

    /** The disk that a job makes by a plan: the first one is as large as the user asks. */
    static DiskAssembly of(GuestJob job, DiskPlan plan) {
        Long size = plan.disk().index() == 0 ? job.description().size() : null;
        return new DiskAssembly(
                plan,
                job.description().shrink() != null,
                size,
                job.directories().work());
    }

    /** The finished disk and its table. */
    record Finished(WorkingDisk disk, PartitionTable table, DiskLayout layout) {}

    /**
     * The finished disk.
     *
     * @param shrunk bytes of the shrunk partition; 0 when none was
     * @throws ImageException DESCRIPTION when the asked size is too small
     */
    Finished finish(long shrunk) throws IOException {
        PartitionTable after = table(shrunk);
        return new Finished(disk, after, layout(after, total(after, "")));
    }

    /**
     * Refuses, before any work, a size that cannot do even if nothing were left of the partition to be shrunk.
     *
     * @throws ImageException DESCRIPTION when it is too small
     */
    void requireSize() {
        boolean shrinks = plan.target() != ShrinkPlan.NONE;
        total(table(shrinks ? disk.table().sectorSize() : 0), shrinks ? "more than " : "");
    }

    /** Bytes that the shrunk partition may have at the most, so that the disk is no larger than it was asked to be. */
    long most() {
        int sector = disk.table().sectorSize();
        return size == null ? Long.MAX_VALUE : size - table(sector).diskSize(disk.size()) + sector;
    }

    /** Bytes of the disk when the partition to be shrunk has so many. */
    long sizeWith(long shrunk) {
        PartitionTable after = table(shrunk);
        return cut ? after.diskSize(disk.size()) : disk.size();
    }

    private PartitionTable table(long shrunk) {
        if (shrunk == 0 && plan.removed().isEmpty()) {
            return disk.table();
        }
        int sector = disk.table().sectorSize();
        return disk.table()
                .shrink(
                        plan.removed().stream().map(Volume::onDisk).collect(Collectors.toSet()),
                        shrunk > 0 ? Volume.onDisk(plan.target()) : 0,
                        (shrunk + sector - 1) / sector);
    }

    private long total(PartitionTable after, String atLeast) {
        int sector = after.sectorSize();
        long least = cut ? after.diskSize(disk.size()) : disk.size();
        long total = size == null ? least : size;
        if (total < least || total % sector != 0) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    Message.of("Cannot make ", disk.name(), " ", total, " bytes long (", SettingName.SIZE, ")"),
                    Message.of(
                            total < least
                                    ? "its partitions need " + atLeast + least + " bytes"
                                    : "that is no multiple of its sectors of " + sector + " bytes"),
                    Message.of("Give a larger size, or leave it out."));
        }
        return total;
    }

    private DiskLayout layout(PartitionTable after, long total) throws IOException {
        int sector = disk.table().sectorSize();
        List<Piece> pieces = new ArrayList<>();
        List<Region> regions = after.render(total);
        pieces.addAll(tablePieces(regions));
        pieces.addAll(gapPieces(regions));
        for (Partition partition : after.partitions()) {
            if (partition.role() != Partition.Role.EXTENDED) {
                VolumeFile file = disk.file(disk.number(partition));
                pieces.add(new Piece(
                        partition.start() * sector, partition.sectors() * sector, file.file(), file.offset()));
            }
        }
        return new DiskLayout(total, pieces);
    }

    private List<Piece> tablePieces(List<Region> regions) throws IOException {
        Path file = directory.resolve("table" + disk.index() + ".bin");
        List<Piece> pieces = new ArrayList<>();
        try (SparseFile out = SparseFile.create(file, 0)) {
            long position = 0;
            for (Region region : regions) {
                long length = region.bytes().remaining();
                out.write(position, region.bytes());
                pieces.add(new Piece(region.offset(), length, file, position));
                position += length;
            }
        }
        return pieces;
    }

    /** What lies before the first partition and is not the table: GRUB keeps its core image there. */
    private List<Piece> gapPieces(List<Region> regions) throws IOException {
        long end = disk.table().partitions().stream()
                .filter(partition -> partition.role() != Partition.Role.WHOLE_DISK)
                .mapToLong(partition -> partition.start() * disk.table().sectorSize())
                .min()
                .orElse(0);
        if (end == 0) {
            return List.of();
        }
        Path file = disk.beginning(end);
        List<Piece> pieces = new ArrayList<>();
        long position = 0;
        for (Region region : regions.stream()
                .sorted(Comparator.comparingLong(Region::offset))
                .toList()) {
            if (region.offset() >= end) {
                break;
            }
            if (region.offset() > position) {
                pieces.add(new Piece(position, region.offset() - position, file, position));
            }
            position = region.end();
        }
        if (position < end) {
            pieces.add(new Piece(position, end - position, file, position));
        }
        return pieces;
    }
}
