package io.imagewright.format;

import java.nio.ByteBuffer;

/**
 * The two-level map from the virtual disk to the qcow2 file. An L2 table is written as soon as what it maps, 512 MiB with the usual clusters, is done, so that memory
 * holds one of them and the L1 table. Clusters must come in order.
 */
final class GuestClusters {

    private static final long COMPRESSED = 1L << 62;

    private static final int SECTOR_BITS = 9;

    private final OutputFile file;
    private final HostClusters host;
    private final ClusterSize size;

    /** Entries of an L2 table of one cluster. */
    private final int entries;

    private final long[] l1;
    private ByteBuffer l2;
    private long l2Index = -1;

    GuestClusters(OutputFile file, HostClusters host, ClusterSize size, long diskSize) {
        this.file = file;
        this.host = host;
        this.size = size;
        this.entries = size.bytes() / Long.BYTES;
        this.l1 = new long[Math.toIntExact(Math.max(1, (size.count(diskSize) + entries - 1) / entries))];
        this.l2 = ByteBuffer.allocate(size.bytes());
    }

    /** The guest cluster is stored as it is in a host cluster of its own. */
    void stored(long cluster, long offset) {
        put(cluster, offset | Qcow2OutputHeader.COPIED);
    }

    /** The guest cluster is compressed. The entry records how many sectors it touches beyond its first one. */
    void compressed(long cluster, long offset, int length) {
        long sectors = ((offset + length - 1) >> SECTOR_BITS) - (offset >> SECTOR_BITS);
        put(cluster, COMPRESSED | (sectors << sectorsShift()) | offset);
    }

    /** First bit of the number of additional sectors: {@code 62 - (cluster_bits - 8)}. */
    private int sectorsShift() {
        return 62 - (size.bits() - 8);
    }

    int l1Entries() {
        return l1.length;
    }

    /** Writes the tables that are left and gives the offset of the L1 table, in bytes. */
    long write() {
        writeL2();
        long clusters = size.count((long) l1.length * Long.BYTES);
        ByteBuffer table = ByteBuffer.allocate(Math.toIntExact(clusters * size.bytes()));
        table.asLongBuffer().put(l1);
        long offset = host.take(clusters);
        file.write(offset, table);
        return offset;
    }

    private void put(long cluster, long entry) {
        if (cluster / entries != l2Index) {
            writeL2();
            l2Index = cluster / entries;
        }
        l2.putLong((int) (cluster % entries) * Long.BYTES, entry);
    }

    private void writeL2() {
        if (l2Index >= 0) {
            long offset = host.take(1);
            file.write(offset, l2);
            l1[(int) l2Index] = offset | Qcow2OutputHeader.COPIED;
            l2 = ByteBuffer.allocate(size.bytes());
        }
    }
}
