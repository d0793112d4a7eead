package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.disk.ZeroScan;

/**
 * Consecutive guest clusters as they go into a qcow2 file.
 *
 * @param firstCluster number of the first one
 * @param bytes holds the bytes of the n-th cluster from index n * cluster size on
 * @param lengths bytes of each: 0 when it is all zero, a cluster's size when it is stored as it is, else that of its compressed form
 */
record CompressedChunk(long firstCluster, BufferPool.Shared bytes, List<Integer> lengths, ClusterSize size) {

    /** The bytes of the n-th cluster. */
    ByteBuffer cluster(int index) {
        return bytes.bytes().slice(index * size.bytes(), lengths.get(index));
    }

    /** Compresses the whole clusters up to the source's limit. */
    static CompressedChunk of(
            long firstCluster,
            ByteBuffer source,
            BufferPool.Shared target,
            ClusterCompressor compressor,
            ClusterSize size) {
        List<Integer> lengths = new ArrayList<>();
        for (int from = 0; from < source.limit(); from += size.bytes()) {
            lengths.add(cluster(source, from, target.bytes(), compressor, size.bytes()));
        }
        return new CompressedChunk(firstCluster, target, lengths, size);
    }

    private static int cluster(ByteBuffer source, int from, ByteBuffer target, ClusterCompressor compressor, int size) {
        if (ZeroScan.isZero(source, from, size)) {
            return 0;
        }
        int length = compressor.compress(source, from, size, target, from, size - 1);
        if (length < 0) {
            target.put(from, source, from, size);
            return size;
        }
        return length;
    }
}
