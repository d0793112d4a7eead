package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Finds qcow2 files that were cut short. qemu reads zeros there and says nothing, so that the user would get a broken system in good faith.
 * Reads the tables only: 8 bytes per allocated cluster.
 */
final class Qcow2Truncation {

    private static final long OFFSET_MASK = 0x00FFFFFFFFFFFE00L;
    private static final long COMPRESSED = 1L << 62;
    private static final long ALL_ZEROS = 1;
    private static final int SECTOR = 512;

    private final SparseFile file;
    private final Path path;
    private final Qcow2Header header;
    private final long fileSize;

    Qcow2Truncation(SparseFile file, Path path, Qcow2Header header) {
        this.file = file;
        this.path = path;
        this.header = header;
        this.fileSize = file.size();
    }

    void check() throws IOException {
        need(header.refcountOffset(), header.refcountClusters() * header.clusterSize(), "refcount table");
        need(header.l1Offset(), header.l1Entries() * 8L, "L1 table");
        ByteBuffer l1 = ByteBuffer.allocate(header.l1Entries() * 8);
        file.read(header.l1Offset(), l1);
        ByteBuffer l2 = ByteBuffer.allocate((int) header.clusterSize());
        long perTable = header.clusterSize() / header.l2EntrySize() * header.clusterSize();
        for (int i = 0; i < header.l1Entries(); i++) {
            long table = l1.getLong(i * 8) & OFFSET_MASK;
            if (table != 0) {
                need(table, header.clusterSize(), "L2 table");
                file.read(table, l2.clear());
                checkClusters(l2, i * perTable);
            }
        }
    }

    private void checkClusters(ByteBuffer table, long guestOffset) {
        int entrySize = header.l2EntrySize();
        long guest = guestOffset;
        for (int at = 0; at < table.capacity(); at += entrySize, guest += header.clusterSize()) {
            long entry = table.getLong(at);
            if ((entry & COMPRESSED) != 0) {
                checkCompressed(entry);
            } else if ((entry & OFFSET_MASK) != 0 && (entrySize > 8 || (entry & ALL_ZEROS) == 0)) {
                // what lies behind the virtual end, or the last sub-cluster that is allocated, need not be there
                long seen = Math.min(
                        entrySize > 8 ? allocated(table.getInt(at + 12)) : header.clusterSize(), header.size() - guest);
                if (!header.externalData() && seen > 0) {
                    need(entry & OFFSET_MASK, seen, "cluster");
                }
            }
        }
    }

    /** Bytes of a cluster up to its last sub-cluster that has a bit: there are 32. */
    private long allocated(int subClusters) {
        return header.clusterSize() / Integer.SIZE * (Integer.SIZE - Integer.numberOfLeadingZeros(subClusters));
    }

    /** The last sector of a compressed cluster need not be whole. */
    private void checkCompressed(long entry) {
        int shift = 62 - (header.clusterBits() - 8);
        long offset = entry & ((1L << shift) - 1);
        long sectors = (entry & (COMPRESSED - 1)) >>> shift;
        need(offset / SECTOR * SECTOR, sectors * SECTOR + 1, "compressed cluster");
    }

    private void need(long offset, long length, String what) {
        if (offset < 0 || length < 0 || offset > fileSize || length > fileSize - offset) {
            throw Qcow2Header.damaged(
                    path,
                    "it is cut short: it has " + fileSize + " bytes, but a " + what + " of it ends at byte "
                            + Long.toUnsignedString(offset + length));
        }
    }
}
