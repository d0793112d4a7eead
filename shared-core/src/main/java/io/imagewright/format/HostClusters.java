package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives out the clusters of a qcow2 file and counts the references to each. Compressed data is packed byte by byte; a host cluster's
 * count is then the number of compressed clusters that touch it.
 *
 * <p>Keeps 64 KiB of memory for each 2 GiB of the file, with the usual clusters.
 */
final class HostClusters {

    private final ClusterSize clusterSize;

    /** Counts of 16 bits in a block of one cluster. */
    private final int counts;

    private final List<short[]> blocks = new ArrayList<>();
    private long next;
    private long packed;

    HostClusters(ClusterSize clusterSize) {
        this.clusterSize = clusterSize;
        this.counts = clusterSize.bytes() / Short.BYTES;
    }

    /** Where the refcount table is, in bytes, and how many clusters it has. */
    record Table(long offset, int clusters) {}

    /** Takes this many consecutive clusters, each with one reference, and gives the offset in bytes. */
    long take(long count) {
        long first = next;
        next += count;
        for (long cluster = first; cluster < next; cluster++) {
            addReference(cluster);
        }
        return first * clusterSize.bytes();
    }

    /** Takes room for compressed data and gives its offset in bytes. It may lie in two clusters, which follow each other then. */
    long pack(int length) {
        long nextOffset = next * clusterSize.bytes();
        long room = -packed & (clusterSize.bytes() - 1);
        if (length > room && packed + room != nextOffset) {
            packed = nextOffset;
        }
        long offset = packed;
        packed += length;
        next = Math.max(next, clusterSize.count(packed));
        for (long cluster = offset / clusterSize.bytes(); cluster * clusterSize.bytes() < packed; cluster++) {
            addReference(cluster);
        }
        return offset;
    }

    /** Bytes of the file so far. */
    long size() {
        return next * clusterSize.bytes();
    }

    /** Writes refcount table and blocks, which count themselves too, at the end. Nothing can be taken afterwards. */
    Table write(OutputFile file) {
        long blockCount = 0;
        long tableClusters = 0;
        long total = -1;
        // blocks and table count themselves, so that their number depends on itself; it only grows, and soon stops
        while (total != next + tableClusters + blockCount) {
            total = next + tableClusters + blockCount;
            blockCount = (total + counts - 1) / counts;
            tableClusters = clusterSize.count(blockCount * Long.BYTES);
        }
        long tableOffset = take(tableClusters);
        long firstBlock = take(blockCount);
        ByteBuffer table = ByteBuffer.allocate(Math.toIntExact(tableClusters * clusterSize.bytes()));
        for (short[] block : blocks) {
            long offset = firstBlock + (long) table.position() / Long.BYTES * clusterSize.bytes();
            table.putLong(offset);
            ByteBuffer bytes = ByteBuffer.allocate(clusterSize.bytes());
            bytes.asShortBuffer().put(block);
            file.write(offset, bytes);
        }
        file.write(tableOffset, table.rewind());
        return new Table(tableOffset, Math.toIntExact(tableClusters));
    }

    private void addReference(long cluster) {
        int block = Math.toIntExact(cluster / counts);
        while (blocks.size() <= block) {
            blocks.add(new short[counts]);
        }
        // 16 bits suffice: a compressed cluster has 20 bytes and more
        blocks.get(block)[(int) (cluster % counts)]++;
    }
}
