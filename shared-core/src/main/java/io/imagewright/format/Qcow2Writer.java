package io.imagewright.format;

import io.imagewright.checksum.Digests;

/**
 * QEMU's copy-on-write format. Clusters are compressed in parallel and written in order, so that the bytes are the same on any number of
 * processors. Clusters that are all zero are not stored.
 *
 * <p>The digests take a second look at the finished file, fresh in the page cache and much smaller than the disk. They cannot be had while it is
 * written: a digest needs the first byte first, the header is there, and it says where the L1 table is. That table depends on the sizes of
 * all compressed clusters. Putting it at a place known before would mean to leave a hole as large as the worst case, which every upload
 * would carry.
 */
final class Qcow2Writer implements OutputWriter {

    private static final int SECTOR = 512;

    private final long size;
    private final Qcow2Options options;
    private final Digests digests;
    private final BufferPool buffers;
    private final OutputFile file;
    private final HostClusters host;
    private final GuestClusters guest;
    private final ChunkCompressor compressor;

    /**
     * Begins.
     *
     * @param diskSize bytes; qcow2 counts sectors, so the virtual size is rounded up to whole ones
     * @param threads that compress
     * @param buffers for the second look
     */
    Qcow2Writer(
            OutputFile file, long diskSize, Qcow2Options options, int threads, BufferPool buffers, Digests digests) {
        this.size = (diskSize + SECTOR - 1) / SECTOR * SECTOR;
        this.options = options;
        this.digests = digests;
        this.buffers = buffers;
        this.file = file;
        this.host = new HostClusters(options.clusterSize());
        host.take(1); // for the header
        this.guest = new GuestClusters(file, host, options.clusterSize(), size);
        this.compressor =
                new ChunkCompressor(threads, options.clusterSize(), () -> ClusterCompressor.of(options), this::write);
    }

    @Override
    public int alignment() {
        return Math.max(ALIGNMENT, options.clusterSize().bytes());
    }

    @Override
    public void data(long offset, BufferPool.Shared data) throws InterruptedException {
        compressor.submit(offset / options.clusterSize().bytes(), data);
    }

    private void write(CompressedChunk chunk) {
        for (int index = 0; index < chunk.lengths().size(); index++) {
            int length = chunk.lengths().get(index);
            if (length > 0) {
                boolean stored = length == options.clusterSize().bytes();
                long offset = stored ? host.take(1) : host.pack(length);
                file.write(offset, chunk.cluster(index));
                long cluster = chunk.firstCluster() + index;
                if (stored) {
                    guest.stored(cluster, offset);
                } else {
                    guest.compressed(cluster, offset, length);
                }
            }
        }
    }

    /** Bytes of the disk that a guest sees. */
    long virtualSize() {
        return size;
    }

    /** Ends the qcow2, which is not synced yet, and gives its bytes. */
    long complete() throws InterruptedException {
        compressor.drain();
        long l1 = guest.write();
        HostClusters.Table refcounts = host.write(file);
        file.write(
                0,
                new Qcow2OutputHeader(options, size, l1, guest.l1Entries(), refcounts.offset(), refcounts.clusters())
                        .toBytes());
        return host.size();
    }

    @Override
    public Written finish() throws InterruptedException {
        long length = complete();
        file.finish(length);
        return new Written(size, length, SecondLook.digest(file, length, buffers, digests));
    }

    @Override
    public void close() {
        compressor.close();
    }
}
