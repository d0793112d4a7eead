package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive guest clusters as they go into a qcow2 file.
 *
 * @param firstCluster number of the first one
 * @param bytes holds the bytes of the n-th cluster from index n * cluster size on
 * @param lengths bytes of each: 0 when it is all zero, a cluster's size when it is stored as it is, else that of its compressed form
 */
record CompressedChunk(long firstCluster, BufferPool.Shared bytes, List<Integer> lengths) {

    /** The bytes of the n-th cluster. */
    ByteBuffer cluster(int index) {
        return bytes.bytes().slice(index * Qcow2Header.CLUSTER, lengths.get(index));
    }

    /** Compresses the whole clusters up to the source's limit. */
    static CompressedChunk of(
            long firstCluster, ByteBuffer source, BufferPool.Shared target, ClusterCompressor compressor) {
        List<Integer> lengths = new ArrayList<>();
        for (int from = 0; from < source.limit(); from += Qcow2Header.CLUSTER) {
            lengths.add(cluster(source, from, target.bytes(), compressor));
        }
        return new CompressedChunk(firstCluster, target, lengths);
    }

    private static int cluster(ByteBuffer source, int from, ByteBuffer target, ClusterCompressor compressor) {
        if (ZeroScan.isZero(source, from, Qcow2Header.CLUSTER)) {
            return 0;
        }
        int length = compressor.compress(source, from, Qcow2Header.CLUSTER, target, from, Qcow2Header.CLUSTER - 1);
        if (length < 0) {
            target.put(from, source, from, Qcow2Header.CLUSTER);
            return Qcow2Header.CLUSTER;
        }
        return length;
    }
}
