package io.imagewright.assemble;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.disk.Extent;
import io.imagewright.disk.Piece;
import io.imagewright.disk.SparseCopy;
import io.imagewright.disk.SparseFile;

/**
 * Writes a FAT32 with files in it, as firmware reads it. Source: Microsoft's FAT specification of 2000. The same files give the same bytes.
 */
final class EspImage {

    private static final int SECTOR = 512;
    private static final int RESERVED = 32;
    private static final int FATS = 2;
    private static final int END = 0x0FFFFFFF;

    /** The least that makes a FAT a FAT32, and some. */
    private static final int LEAST_CLUSTERS = 66_000;

    /** Bytes from which on clusters are 4 KiB. */
    private static final long LARGE = 300L << 20;

    private static final class Directory {

        final Map<String, Directory> directories = new TreeMap<>();
        final Map<String, EspFile> files = new TreeMap<>();
        int cluster;

        long bytes(boolean isRoot) {
            long entries = isRoot ? 1 : 2;
            for (String name : directories.keySet()) {
                entries += FatNames.entries(name);
            }
            for (String name : files.keySet()) {
                entries += FatNames.entries(name);
            }
            return entries * FatNames.ENTRY;
        }
    }

    private final Directory root = new Directory();
    private final IdentityHashMap<EspFile, Integer> starts = new IdentityHashMap<>();
    private final int volume;
    private final int date;
    private final int time;
    private final int cluster;
    private final long size;
    private final long clusters;
    private final long fatSectors;
    private int next = 2;

    /**
     * @param size bytes
     * @param volume its number
     * @param now seconds since the epoch, of all files
     */
    EspImage(List<EspFile> files, long size, int volume, long now) {
        for (EspFile file : files) {
            Directory directory = root;
            String[] names = file.path().split("/", -1);
            for (int i = 0; i < names.length - 1; i++) {
                directory = directory.directories.computeIfAbsent(names[i], name -> new Directory());
            }
            directory.files.put(names[names.length - 1], file);
        }
        this.size = size;
        this.volume = volume;
        LocalDateTime moment = LocalDateTime.ofInstant(Instant.ofEpochSecond(now), ZoneOffset.UTC);
        int year = Math.max(0, Math.min(127, moment.getYear() - 1980));
        this.date = (year << 9) | (moment.getMonthValue() << 5) | moment.getDayOfMonth();
        this.time = (moment.getHour() << 11) | (moment.getMinute() << 5) | (moment.getSecond() / 2);
        this.cluster = size >= LARGE ? 4096 : SECTOR;
        long sectors = size / SECTOR - RESERVED;
        long most = sectors / (cluster / SECTOR);
        this.fatSectors = ((most + 2) * 4 + SECTOR - 1) / SECTOR;
        this.clusters = (sectors - FATS * fatSectors) / (cluster / SECTOR);
    }

    /** Bytes, whole MiB, of a partition for the files, with room for some more. */
    static long sizeFor(List<EspFile> files) {
        long content = files.stream().mapToLong(file -> file.size() + 8192).sum();
        long room = Math.max(content + content / 2, (long) LEAST_CLUSTERS * SECTOR * 3 / 2);
        return (room + (8 << 20)) >> 20 << 20;
    }

    /** Writes it where the file holds zeros. */
    void write(SparseFile target, long offset) throws IOException {
        List<int[]> chains = new ArrayList<>();
        place(root, true, chains);
        writeDirectory(target, offset, root, root, true);
        writeFats(target, offset, chains);
        ByteBuffer boot = bootSector();
        for (int at : new int[] {0, 6}) {
            target.write(offset + (long) at * SECTOR, boot.duplicate());
            target.write(offset + (long) (at + 1) * SECTOR, information());
        }
    }

    private void place(Directory directory, boolean isRoot, List<int[]> chains) {
        directory.cluster = allocate(directory.bytes(isRoot), chains);
        for (EspFile file : directory.files.values()) {
            starts.put(file, file.size() == 0 ? 0 : allocate(file.size(), chains));
        }
        directory.directories.values().forEach(child -> place(child, false, chains));
    }

    private int allocate(long bytes, List<int[]> chains) {
        int count = (int) ((bytes + cluster - 1) / cluster);
        int first = next;
        next += count;
        if (next - 2 > clusters) {
            throw new IllegalStateException("the EFI system partition of " + size + " bytes is too small");
        }
        chains.add(new int[] {first, count});
        return first;
    }

    private int startOf(EspFile file) {
        return starts.getOrDefault(file, 0);
    }

    private long at(long offset, int number) {
        return offset + (RESERVED + FATS * fatSectors) * SECTOR + (long) (number - 2) * cluster;
    }

    private void writeDirectory(SparseFile target, long offset, Directory directory, Directory parent, boolean isRoot)
            throws IOException {
        ByteBuffer entries = ByteBuffer.allocate((int) directory.bytes(isRoot)).order(ByteOrder.LITTLE_ENDIAN);
        if (isRoot) {
            entries.put(entry(padded("ESP"), 0x08, 0, 0));
        } else {
            entries.put(entry(padded("."), 0x10, directory.cluster, 0));
            entries.put(entry(padded(".."), 0x10, parent == root ? 0 : parent.cluster, 0));
        }
        FatNames names = new FatNames();
        for (Map.Entry<String, Directory> child : directory.directories.entrySet()) {
            entries.put(filled(names.encode(child.getKey()), 0x10, child.getValue().cluster, 0));
            writeDirectory(target, offset, child.getValue(), directory, false);
        }
        for (Map.Entry<String, EspFile> child : directory.files.entrySet()) {
            EspFile file = child.getValue();
            int start = startOf(file);
            entries.put(filled(names.encode(child.getKey()), 0x20, start, (int) file.size()));
            for (Piece piece : file.data()) {
                try (SparseFile source = SparseFile.openRead(piece.file())) {
                    SparseCopy.copy(
                            source,
                            List.of(new Extent(piece.fileOffset(), piece.length())),
                            target,
                            at(offset, start) + piece.offset() - piece.fileOffset(),
                            done -> {});
                }
            }
        }
        target.write(at(offset, directory.cluster), entries.flip());
    }

    private static byte[] padded(String name) {
        byte[] padded = "           ".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, padded, 0, name.length());
        return padded;
    }

    private ByteBuffer entry(byte[] name, int attributes, int start, int length) {
        ByteBuffer entry = ByteBuffer.allocate(FatNames.ENTRY);
        entry.put(0, name);
        return filled(entry, attributes, start, length);
    }

    /** Fills the last entry. */
    private ByteBuffer filled(ByteBuffer entries, int attributes, int start, int length) {
        entries.order(ByteOrder.LITTLE_ENDIAN);
        int at = entries.capacity() - FatNames.ENTRY;
        entries.put(at + 11, (byte) attributes);
        entries.putShort(at + 14, (short) time).putShort(at + 16, (short) date);
        entries.putShort(at + 18, (short) date);
        entries.putShort(at + 20, (short) (start >>> 16));
        entries.putShort(at + 22, (short) time).putShort(at + 24, (short) date);
        entries.putShort(at + 26, (short) start).putInt(at + 28, length);
        return entries;
    }

    private void writeFats(SparseFile target, long offset, List<int[]> chains) throws IOException {
        ByteBuffer fat = ByteBuffer.allocate(next * 4).order(ByteOrder.LITTLE_ENDIAN);
        fat.putInt(0, 0x0FFFFFF8).putInt(4, END);
        for (int[] chain : chains) {
            for (int i = 0; i < chain[1]; i++) {
                fat.putInt((chain[0] + i) * 4, i == chain[1] - 1 ? END : chain[0] + i + 1);
            }
        }
        for (int copy = 0; copy < FATS; copy++) {
            target.write(offset + (RESERVED + copy * fatSectors) * SECTOR, fat.duplicate());
        }
    }

    private ByteBuffer bootSector() {
        ByteBuffer boot = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        boot.put(0, new byte[] {(byte) 0xEB, 0x58, (byte) 0x90});
        boot.put(3, "MSWIN4.1".getBytes(StandardCharsets.US_ASCII));
        boot.putShort(11, (short) SECTOR).put(13, (byte) (cluster / SECTOR)).putShort(14, (short) RESERVED);
        boot.put(16, (byte) FATS).put(21, (byte) 0xF8).putShort(24, (short) 63).putShort(26, (short) 255);
        boot.putInt(32, (int) (size / SECTOR)).putInt(36, (int) fatSectors);
        boot.putInt(44, root.cluster).putShort(48, (short) 1).putShort(50, (short) 6);
        boot.put(64, (byte) 0x80).put(66, (byte) 0x29).putInt(67, volume);
        boot.put(71, padded("ESP")).put(82, "FAT32   ".getBytes(StandardCharsets.US_ASCII));
        return boot.put(510, (byte) 0x55).put(511, (byte) 0xAA);
    }

    private ByteBuffer information() {
        ByteBuffer sector = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        sector.putInt(0, 0x41615252).putInt(484, 0x61417272);
        sector.putInt(488, (int) (clusters - (next - 2))).putInt(492, next).putInt(508, 0xAA550000);
        return sector;
    }
}
