package io.imagewright.format;

import java.nio.ByteBuffer;

import io.imagewright.format.Qcow2Options.Compression;

/**
 * The header of a qcow2 file, version 3, no backing file, no snapshots (qemu, docs/interop/qcow2.txt).
 *
 * @param size bytes of the virtual disk
 * @param l1Offset where the L1 table starts, bytes
 * @param l1Entries entries of the L1 table
 * @param refcountOffset where the refcount table starts, bytes
 * @param refcountClusters clusters of the refcount table
 */
record Qcow2Header(
        Compression compression, long size, long l1Offset, int l1Entries, long refcountOffset, int refcountClusters) {

    static final int CLUSTER_BITS = 16;

    /** Bytes of a cluster, of the guest and of the host. */
    static final int CLUSTER = 1 << CLUSTER_BITS;

    /** L1 and L2 entries: the cluster's reference count is exactly one. */
    static final long COPIED = 1L << 63;

    private static final int MAGIC = 0x514649fb;
    private static final int VERSION = 3;
    private static final int LENGTH = 112;
    private static final long INCOMPATIBLE_COMPRESSION_TYPE = 1 << 3;
    private static final byte COMPRESSION_TYPE_ZSTD = 1;
    private static final int REFCOUNT_ORDER_16_BITS = 4;

    /** Clusters that this many bytes take. */
    static long clusters(long bytes) {
        return (bytes + CLUSTER - 1) >> CLUSTER_BITS;
    }

    /** A whole cluster. */
    ByteBuffer toBytes() {
        boolean zstd = compression == Compression.ZSTD;
        return ByteBuffer.allocate(CLUSTER)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putLong(0) // backing file: none
                .putInt(0)
                .putInt(CLUSTER_BITS)
                .putLong(size)
                .putInt(0) // encryption: none
                .putInt(l1Entries)
                .putLong(l1Offset)
                .putLong(refcountOffset)
                .putInt(refcountClusters)
                .putInt(0) // snapshots: none
                .putLong(0)
                .putLong(zstd ? INCOMPATIBLE_COMPRESSION_TYPE : 0)
                .putLong(0) // compatible features
                .putLong(0) // auto-clear features
                .putInt(REFCOUNT_ORDER_16_BITS)
                .putInt(LENGTH)
                .put(zstd ? COMPRESSION_TYPE_ZSTD : 0)
                .rewind(); // what follows is padding and the end mark of the header extensions: zeros
    }
}
