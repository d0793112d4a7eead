package io.imagewright.format;

/**
 * How large the clusters of a qcow2 file are, those of the guest and those of the host.
 *
 * @param bits its binary logarithm, in bytes
 */
record ClusterSize(int bits) {

    /** What qemu takes when nobody says: 64 KiB. */
    static final ClusterSize USUAL = new ClusterSize(16);

    /** 4 KiB, a page: smaller ones are all tables. */
    static final ClusterSize SMALLEST = new ClusterSize(12);

    /** 1 MiB: a buffer of the pass. */
    static final ClusterSize LARGEST = new ClusterSize(20);

    /** Bytes. */
    int bytes() {
        return 1 << bits;
    }

    /** As users write it. */
    String text() {
        return bits < 20 ? (1 << (bits - 10)) + "KiB" : (1 << (bits - 20)) + "MiB";
    }

    /** Bytes of the largest disk: qemu reads an L1 table of 32 MiB, each entry of which stands for a cluster of entries. */
    long largestDisk() {
        return (32L << 20) / Long.BYTES * (bytes() / Long.BYTES) * bytes();
    }

    /** Clusters that this many bytes take. */
    long count(long bytes) {
        return (bytes + bytes() - 1) >> bits;
    }
}
