package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/** Walks the directories of a FAT file system and clears the entries of deleted files. Each cluster is visited once. */
final class FatDirectories {

    private static final int ENTRY = 32;
    private static final int DELETED = 0xE5;
    private static final int ATTRIBUTES_AT = 11;
    private static final int LONG_NAME = 0x0F;
    private static final int VOLUME_LABEL = 0x08;
    private static final int DIRECTORY = 0x10;

    private final SparseFile file;
    private final long offset;
    private final FatGeometry geometry;
    private final FatTable table;
    private final Deque<Long> directories = new ArrayDeque<>();
    private final BitSet seen = new BitSet();
    private long cleared;

    FatDirectories(SparseFile file, long offset, FatGeometry geometry) {
        this.file = file;
        this.offset = offset;
        this.geometry = geometry;
        this.table = new FatTable(file, offset, geometry);
    }

    /** Gives the number of entries cleared. */
    long clear() throws IOException {
        if (geometry.rootCluster() != 0) {
            clearChain(geometry.rootCluster());
        } else {
            long root = geometry.firstData() - geometry.rootSectors();
            clear(offset + root * geometry.sectorSize(), geometry.rootEntries() * ENTRY, false);
        }
        while (!directories.isEmpty()) {
            long first = directories.remove();
            if (looksLikeDirectory(first)) {
                clearChain(first);
            }
        }
        return cleared;
    }

    private void clearChain(long first) throws IOException {
        boolean ended = false;
        long cluster = first;
        while (valid(cluster) && !seen.get((int) cluster)) {
            seen.set((int) cluster);
            ended = clear(offset + geometry.offset(cluster), geometry.clusterSize(), ended);
            cluster = table.entry(cluster);
        }
    }

    /** End marks and the mark of a bad cluster lie above all clusters. */
    private boolean valid(long cluster) {
        return cluster >= 2 && cluster < geometry.clusters() + 2;
    }

    /** So that a damaged file system, where a file's data is taken for a directory, loses nothing. */
    private boolean looksLikeDirectory(long cluster) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(2 * ENTRY);
        file.read(offset + geometry.offset(cluster), head);
        return head.get(0) == '.' && head.get(1) == ' ' && head.get(ENTRY) == '.' && head.get(ENTRY + 1) == '.';
    }

    /**
     * Clears one run of entries.
     *
     * @param ended whether an entry in front of it said that no more follow
     * @return the same for what follows
     */
    private boolean clear(long at, int length, boolean ended) throws IOException {
        ByteBuffer entries = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        file.read(at, entries);
        entries.flip();
        boolean behindEnd = ended;
        boolean changed = false;
        for (int entry = 0; entry + ENTRY <= length; entry += ENTRY) {
            int mark = Byte.toUnsignedInt(entries.get(entry));
            behindEnd |= mark == 0;
            if (behindEnd || mark == DELETED) {
                changed |= clearEntry(entries, entry, behindEnd ? 0 : 1);
            } else {
                visit(entries, entry);
            }
        }
        if (changed) {
            file.write(at, entries);
        }
        return behindEnd;
    }

    private boolean clearEntry(ByteBuffer entries, int entry, int kept) {
        boolean stale = false;
        for (int i = kept; i < ENTRY; i++) {
            stale |= entries.get(entry + i) != 0;
            entries.put(entry + i, (byte) 0);
        }
        cleared += stale ? 1 : 0;
        return stale;
    }

    private void visit(ByteBuffer entries, int entry) {
        int attributes = entries.get(entry + ATTRIBUTES_AT) & 0x3F;
        boolean directory = attributes != LONG_NAME && (attributes & (DIRECTORY | VOLUME_LABEL)) == DIRECTORY;
        if (directory && entries.get(entry) != '.') {
            long high = geometry.width() == 32 ? Short.toUnsignedLong(entries.getShort(entry + 20)) : 0;
            long first = high << 16 | Short.toUnsignedLong(entries.getShort(entry + 26));
            if (valid(first) && !seen.get((int) first)) {
                directories.add(first);
            }
        }
    }
}
