package io.imagewright.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

import io.imagewright.disk.BsdLabel;
import io.imagewright.disk.DiskReader;
import io.imagewright.disk.Extent;
import io.imagewright.disk.FatVolume;
import io.imagewright.disk.FileSystemInfo;
import io.imagewright.disk.FileSystemProbe;
import io.imagewright.disk.Partition;
import io.imagewright.disk.PartitionTable;
import io.imagewright.disk.PartitionTables;
import io.imagewright.disk.SourceImage;
import io.imagewright.disk.SparseCopy;
import io.imagewright.disk.SparseFile;
import io.imagewright.disk.SwapSpace;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Exec;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;

/**
 * One of the guest's disks, its source taken apart: its table, and each partition either where it is or as a working copy in a file of its own. {@link
 * DiskAssembly} puts it together again. Partitions have the numbers of {@link Volume}, which distinguish disks.
 */
final class WorkingDisk implements AutoCloseable {

    private final SourceImage source;
    private final int index;
    private final Path directory;
    private final Exec exec;
    private final DiskReader reader;
    private final PartitionTable table;

    /** Where each partition's bytes are now: in the source, or in a file of its own. */
    private final Map<Integer, VolumeFile> files = new TreeMap<>();

    private final List<Volume> volumes = new ArrayList<>();

    /** By the number of the partition in which it lies. */
    private final Map<Integer, BsdLabel> labels = new TreeMap<>();

    private final List<Volume> inside = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /** Reads the table. */
    WorkingDisk(SourceImage source, int index, Path directory, Exec exec) throws IOException {
        this.source = source;
        this.index = index;
        this.directory = directory;
        this.exec = exec;
        this.reader = source.reader(directory);
        this.table = PartitionTables.read(reader, source.sectorSize());
    }

    /**
     * Reads the table and finds out what the partitions hold; those of a container are extracted for that.
     *
     * @param index of the disk among the guest's, from 0
     */
    static WorkingDisk open(SourceImage source, int index, Path directory, Exec exec, LongConsumer bytesDone)
            throws IOException {
        WorkingDisk disk = new WorkingDisk(source, index, directory, exec);
        try {
            for (Partition partition : disk.table.partitions()) {
                if (partition.role() != Partition.Role.EXTENDED) {
                    disk.probe(partition, bytesDone);
                }
            }
            disk.lookInside();
        } catch (IOException | ImageException failure) {
            disk.close();
            throw failure;
        }
        return disk;
    }

    private void probe(Partition partition, LongConsumer bytesDone) throws IOException {
        int number = number(partition);
        long offset = partition.start() * table.sectorSize();
        long length = partition.sectors() * table.sectorSize();
        Path file = source.path();
        long fileOffset = offset;
        if (!source.isRaw()) {
            file = copyPath(number);
            fileOffset = 0;
            source.extract(offset, length, file, bytesDone);
        }
        FileSystemInfo found = FileSystemProbe.probe(file, fileOffset, length, exec);
        // a hibernated machine's memory lies in its swap; it is swap all the same
        String type = found.type().equals("swsuspend") ? "swap" : found.type();
        Optional<BsdLabel> label = label(partition);
        if (label.isPresent()) { // its first file system begins where the partition does
            labels.put(number, label.get());
            type = BsdVolumes.LABEL;
        }
        volumes.add(new Volume(
                number, type, found.uuid(), found.label(), partUuid(partition), partition.name(), offset, length));
        files.put(number, new VolumeFile(file, fileOffset, subject(partition.number(), type)));
    }

    private Optional<BsdLabel> label(Partition partition) throws IOException {
        try {
            return BsdLabel.read(reader, table.sectorSize(), partition);
        } catch (ImageException damaged) {
            // it is no matter of a guest that lies elsewhere
            complaints.add(String.valueOf(damaged.getMessage()));
            return Optional.empty();
        }
    }

    /** Finds what lies in partitions that have a BSD disklabel, which is read where the partition's bytes are. */
    private void lookInside() {
        BsdVolumes found = new BsdVolumes(volumes, labels);
        volumes.replaceAll(found::named);
        for (BsdVolumes.Found slot : found.slots()) {
            VolumeFile holder = file(slot.within());
            VolumeFile bytes =
                    new VolumeFile(holder.file(), holder.offset() + slot.offset(), slot.subject() + " of " + name());
            FileSystemInfo info = slot.fileSystem()
                    ? FileSystemProbe.probe(bytes.file(), bytes.offset(), slot.length(), exec)
                    : FileSystemInfo.UNKNOWN;
            Volume volume = slot.volume(Volume.FIRST_INSIDE + Volume.number(index, inside.size()), info);
            inside.add(volume);
            files.put(volume.partition(), bytes);
        }
    }

    /** As the kernel makes it: of an MBR its identifier and the number in two hexadecimal digits. */
    private String partUuid(Partition partition) {
        return switch (table.kind()) {
            case "gpt" -> partition.uniqueGuid();
            case "msdos" -> table.identifier() + "-" + String.format("%02x", partition.number());
            default -> "";
        };
    }

    private String subject(int onDisk, String type) {
        String what = type.isEmpty() ? "unknown content" : type;
        return (onDisk == 0 ? "the whole disk" : "partition " + onDisk) + " (" + what + ") of " + name();
    }

    /** How to name the disk to the user. */
    String name() {
        return name(source, index);
    }

    static String name(SourceImage source, int index) {
        return index == 0 ? source.name() : "disk " + (index + 1) + " (" + source.name() + ")";
    }

    /** Of the source. */
    String fileName() {
        return source.name();
    }

    /** A partition's number among those of all disks. */
    int number(Partition partition) {
        return Volume.number(index, partition.number());
    }

    SourceImage source() {
        return source;
    }

    /** Among the guest's disks, from 0. */
    int index() {
        return index;
    }

    PartitionTable table() {
        return table;
    }

    /** Bytes of the source's disk. */
    long size() {
        return reader.size();
    }

    /** A file that holds the disk's first bytes, as many as these at least, at their places. */
    Path beginning(long length) throws IOException {
        if (source.isRaw()) {
            return source.path();
        }
        Path file = directory.resolve("gap" + index + ".img");
        source.extract(0, length, file, done -> {});
        return file;
    }

    List<Volume> volumes() {
        return List.copyOf(volumes);
    }

    /** The partitions, and what BSD disklabels make of some of them. Nothing of that is ever copied or changed by itself. */
    List<Volume> withInside() {
        List<Volume> all = new ArrayList<>(volumes);
        all.addAll(inside);
        return all;
    }

    /** What the user should know about the disk, in sentences that begin with its name. */
    List<String> complaints() {
        return Stream.concat(table.complaint().stream(), complaints.stream())
                .map(complaint -> name() + ": " + complaint)
                .toList();
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

    /** The first bytes of a partition, where a boot loader may be. */
    byte[] bootSector(int number) throws IOException {
        VolumeFile file = file(number);
        byte[] sector = new byte[512];
        try (SparseFile open = SparseFile.openRead(file.file())) {
            open.read(file.offset(), ByteBuffer.wrap(sector));
        }
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

    /** Bytes of data that a partition has where it is now. */
    long dataSize(Volume volume) throws IOException {
        VolumeFile from = file(volume.partition());
        try (SparseFile open = SparseFile.openRead(from.file())) {
            return open.dataExtents(from.offset(), volume.length()).stream()
                    .mapToLong(Extent::length)
                    .sum();
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

    /** Gives a swap partition that has such a copy another UUID. */
    void setSwapUuid(int number, String uuid) throws IOException {
        VolumeFile file = file(number);
        if (file.file().equals(source.path())) {
            throw new IllegalStateException("partition " + number + " has no working copy");
        }
        try (SparseFile out = SparseFile.openWrite(file.file())) {
            SwapSpace.setUuid(out, file.offset(), UUID.fromString(uuid));
        }
    }

    /**
     * Gives a FAT partition a working copy without its free clusters and deleted names.
     *
     * @return why everything was kept; empty when it was not
     */
    String cleanFat(Volume volume) throws IOException {
        VolumeFile from = file(volume.partition());
        Path target = directory.resolve("fat" + volume.partition() + ".img");
        if (Files.exists(target)) { // cleaned before, and changed since
            target = directory.resolve("cleaned-" + target.getFileName());
        }
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

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
