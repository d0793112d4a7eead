package io.imagewright.format;

import java.nio.ByteBuffer;

/**
 * The header of a qcow2 file, version 2 or 3, no backing file, no snapshots (qemu, docs/interop/qcow2.txt).
 *
 * @param options compression, size of clusters, version
 * @param size bytes of the virtual disk
 * @param l1Offset where the L1 table starts, bytes
 * @param l1Entries entries of the L1 table
 * @param refcountOffset where the refcount table starts, bytes
 * @param refcountClusters clusters of the refcount table
 */
record Qcow2OutputHeader(
        Qcow2Options options, long size, long l1Offset, int l1Entries, long refcountOffset, int refcountClusters) {

    /** L1 and L2 entries: the cluster's reference count is exactly one. */
    static final long COPIED = 1L << 63;

    private static final int MAGIC = 0x514649fb;
    private static final int LENGTH = 112;
    private static final long INCOMPATIBLE_COMPRESSION_TYPE = 1 << 3;
    private static final byte COMPRESSION_TYPE_ZSTD = 1;
    private static final int REFCOUNT_ORDER_16_BITS = 4;

    /** A whole cluster. */
    ByteBuffer toBytes() {
        ByteBuffer header = ByteBuffer.allocate(options.clusterSize().bytes())
                .putInt(MAGIC)
                .putInt(options.version())
                .putLong(0) // backing file: none
                .putInt(0)
                .putInt(options.clusterSize().bits())
                .putLong(size)
                .putInt(0) // encryption: none
                .putInt(l1Entries)
                .putLong(l1Offset)
                .putLong(refcountOffset)
                .putInt(refcountClusters)
                .putInt(0) // snapshots: none
                .putLong(0);
        if (options.version() > 2) {
            boolean zstd = options.compression() == Qcow2Options.Compression.ZSTD;
            header.putLong(zstd ? INCOMPATIBLE_COMPRESSION_TYPE : 0)
                    .putLong(0) // compatible features
                    .putLong(0) // auto-clear features
                    .putInt(REFCOUNT_ORDER_16_BITS)
                    .putInt(LENGTH)
                    .put(zstd ? COMPRESSION_TYPE_ZSTD : 0);
        }
        return header.rewind(); // what follows is padding and the end mark of the header extensions: zeros
    }
}
