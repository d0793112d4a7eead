package io.imagewright.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

import io.imagewright.disk.DiskLayout;
import io.imagewright.disk.DiskReader;
import io.imagewright.disk.Extent;
import io.imagewright.disk.FatVolume;
import io.imagewright.disk.FileSystemInfo;
import io.imagewright.disk.FileSystemProbe;
import io.imagewright.disk.Partition;
import io.imagewright.disk.PartitionTable;
import io.imagewright.disk.PartitionTables;
import io.imagewright.disk.Piece;
import io.imagewright.disk.Region;
import io.imagewright.disk.SourceImage;
import io.imagewright.disk.SparseCopy;
import io.imagewright.disk.SparseFile;
import io.imagewright.disk.SwapSpace;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Exec;
import io.imagewright.guest.Volume;
import io.imagewright.guest.direct.VolumeFile;
import io.imagewright.shrink.ShrinkPlan;
import org.jspecify.annotations.Nullable;

/**
 * The source taken apart: its table, and each partition either where it is or as a working copy in a file of its own. Put together
 * again by {@link #layout}.
 */
final class WorkingDisk implements AutoCloseable {

    private final SourceImage source;
    private final Path directory;
    private final Exec exec;
    private final DiskReader reader;
    private final PartitionTable table;

    /** Where each partition's bytes are now: in the source, or in a file of its own. */
    private final Map<Integer, VolumeFile> files = new TreeMap<>();

    private final List<Volume> volumes = new ArrayList<>();

    private WorkingDisk(SourceImage source, Path directory, Exec exec) throws IOException {
        this.source = source;
        this.directory = directory;
        this.exec = exec;
        this.reader = source.reader(directory);
        this.table = PartitionTables.read(reader, source.sectorSize());
    }

    /** Reads the table and finds out what the partitions hold; those of a container are extracted for that. */
    static WorkingDisk open(SourceImage source, Path directory, Exec exec, LongConsumer bytesDone) throws IOException {
        WorkingDisk disk = new WorkingDisk(source, directory, exec);
        try {
            for (Partition partition : disk.table.partitions()) {
                if (partition.role() != Partition.Role.EXTENDED) {
                    disk.probe(partition, bytesDone);
                }
            }
        } catch (IOException | ImageException failure) {
            disk.close();
            throw failure;
        }
        return disk;
    }

    private void probe(Partition partition, LongConsumer bytesDone) throws IOException {
        long offset = partition.start() * table.sectorSize();
        long length = partition.sectors() * table.sectorSize();
        Path file = source.path();
        long fileOffset = offset;
        if (!source.isRaw()) {
            file = copyPath(partition.number());
            fileOffset = 0;
            source.extract(offset, length, file, bytesDone);
        }
        FileSystemInfo found = FileSystemProbe.probe(file, fileOffset, length, exec);
        // a hibernated machine's memory lies in its swap; it is swap all the same
        String type = found.type().equals("swsuspend") ? "swap" : found.type();
        volumes.add(new Volume(
                partition.number(),
                type,
                found.uuid(),
                found.label(),
                partUuid(partition),
                partition.name(),
                offset,
                length));
        files.put(partition.number(), new VolumeFile(file, fileOffset, subject(partition.number(), type)));
    }

    /** As the kernel makes it: of an MBR its identifier and the number in two hexadecimal digits. */
    private String partUuid(Partition partition) {
        return switch (table.kind()) {
            case "gpt" -> partition.uniqueGuid();
            case "msdos" -> table.identifier() + "-" + String.format("%02x", partition.number());
            default -> "";
        };
    }

    private String subject(int number, String type) {
        String what = type.isEmpty() ? "unknown content" : type;
        return (number == 0 ? "the whole disk" : "partition " + number) + " (" + what + ") of "
                + source.path().getFileName();
    }

    PartitionTable table() {
        return table;
    }

    List<Volume> volumes() {
        return List.copyOf(volumes);
    }

    /** Where a partition's bytes are now. */
    VolumeFile file(int number) {
        VolumeFile file = files.get(number);
        if (file == null) {
            throw new IllegalArgumentException("no partition " + number);
        }
        return file;
    }

    /** The first bytes of the disk, where boot code is. */
    byte[] firstSector() throws IOException {
        byte[] sector = new byte[(int) Math.min(512, reader.size())];
        reader.read(0, ByteBuffer.wrap(sector));
        return sector;
    }

    /** Extents of a raw source, relative to the partition, that a copy of everything must read; whole {@link Chunks}. */
    List<Extent> allData(Volume volume) throws IOException {
        try (SparseFile open = SparseFile.openRead(source.path())) {
            List<Extent> relative = open.dataExtents(volume.offset(), volume.length()).stream()
                    .map(extent -> new Extent(extent.offset() - volume.offset(), extent.length()))
                    .toList();
            return Chunks.covering(relative, volume.length());
        }
    }

    /** Whether partitions of the source can be read where they are. */
    boolean isRaw() {
        return source.isRaw();
    }

    /** Gives a partition a working copy with these extents of it; for a container it has one already. */
    void copy(Volume volume, List<Extent> extents, LongConsumer bytesDone) throws IOException {
        VolumeFile from = file(volume.partition());
        if (!source.isRaw()) {
            return;
        }
        Path target = copyPath(volume.partition());
        try (SparseFile in = SparseFile.openRead(from.file());
                SparseFile out = SparseFile.create(target, volume.length())) {
            List<Extent> absolute = extents.stream()
                    .map(extent -> new Extent(extent.offset() + from.offset(), extent.length()))
                    .toList();
            SparseCopy.copyWhole(in, absolute, out, -from.offset(), bytesDone);
        }
        files.put(volume.partition(), new VolumeFile(target, 0, from.subject()));
    }

    /** Gives a swap partition a working copy that is empty but for what names it. */
    void emptySwap(Volume volume) throws IOException {
        VolumeFile from = file(volume.partition());
        byte[] header;
        try (SparseFile in = SparseFile.openRead(from.file())) {
            header = SwapSpace.cleanHeader(in, from.offset(), volume.length());
        }
        Path target = copyPath(volume.partition());
        try (SparseFile out = SparseFile.create(target, volume.length())) {
            out.write(0, ByteBuffer.wrap(header));
        }
        files.put(volume.partition(), new VolumeFile(target, 0, from.subject()));
    }

    /**
     * Gives a FAT partition a working copy without its free clusters and deleted names.
     *
     * @return why everything was kept; empty when it was not
     */
    String cleanFat(Volume volume) throws IOException {
        VolumeFile from = file(volume.partition());
        Path target = directory.resolve("fat" + volume.partition() + ".img");
        FatVolume.Usage usage;
        try (SparseFile in = SparseFile.openRead(from.file());
                SparseFile out = SparseFile.create(target, volume.length())) {
            usage = FatVolume.usedExtents(in, from.offset(), volume.length());
            SparseCopy.copy(in, usage.extents(), out, -from.offset(), done -> {});
            FatVolume.clearDeletedEntries(out, 0, volume.length());
        }
        files.put(volume.partition(), new VolumeFile(target, 0, from.subject()));
        return usage.problem();
    }

    private Path copyPath(int number) {
        return directory.resolve("p" + number + ".img");
    }

    /** The finished disk and its table. */
    record Finished(PartitionTable table, DiskLayout layout) {}

    /**
     * Puts the disk together again.
     *
     * @param plan which partitions are gone
     * @param shrunk bytes of the shrunk partition; 0 when none was
     * @param cut whether the disk ends behind its last partition; it keeps its size otherwise
     * @param size bytes of the whole disk; null to let it follow from the partitions
     * @throws ImageException DESCRIPTION when the asked size is too small
     */
    Finished finish(ShrinkPlan plan, long shrunk, boolean cut, @Nullable Long size) throws IOException {
        int sector = table.sectorSize();
        PartitionTable after = table;
        if (shrunk > 0 || !plan.removed().isEmpty()) {
            long sectors = (shrunk + sector - 1) / sector;
            after = table.shrink(plan.removed(), shrunk > 0 ? plan.target() : 0, sectors);
        }
        long least = cut ? after.diskSize(reader.size()) : reader.size();
        long total = size == null ? least : size;
        if (total < least || total % sector != 0) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "Cannot make the disk " + total + " bytes long (size)",
                    total < least
                            ? "its partitions need " + least + " bytes"
                            : "that is no multiple of its sectors of " + sector + " bytes",
                    "Give a larger size, or leave it out.");
        }
        return new Finished(after, layout(after, total));
    }

    private DiskLayout layout(PartitionTable after, long total) throws IOException {
        int sector = table.sectorSize();
        List<Piece> pieces = new ArrayList<>();
        List<Region> regions = after.render(total);
        pieces.addAll(tablePieces(regions));
        pieces.addAll(gapPieces(regions));
        for (Partition partition : after.partitions()) {
            if (partition.role() != Partition.Role.EXTENDED) {
                VolumeFile file = file(partition.number());
                pieces.add(new Piece(
                        partition.start() * sector, partition.sectors() * sector, file.file(), file.offset()));
            }
        }
        return new DiskLayout(total, pieces);
    }

    private List<Piece> tablePieces(List<Region> regions) throws IOException {
        Path file = directory.resolve("table.bin");
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
        long end = table.partitions().stream()
                .filter(partition -> partition.role() != Partition.Role.WHOLE_DISK)
                .mapToLong(partition -> partition.start() * table.sectorSize())
                .min()
                .orElse(0);
        Path file = source.path();
        if (!source.isRaw() && end > 0) {
            file = directory.resolve("gap.img");
            source.extract(0, end, file, done -> {});
        }
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

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
