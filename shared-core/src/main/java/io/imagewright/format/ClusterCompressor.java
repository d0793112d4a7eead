package io.imagewright.format;

import java.nio.ByteBuffer;

/** Compresses single clusters of a qcow2 file. Used by one thread at a time. The same input gives the same output, whatever came before. */
interface ClusterCompressor extends AutoCloseable {

    /**
     * Compresses a range of one direct buffer into another one, both by absolute indices.
     *
     * @param capacity bytes that the result may have at most
     * @return bytes of the result; -1 when it does not fit
     */
    int compress(ByteBuffer source, int from, int length, ByteBuffer target, int to, int capacity);

    @Override
    void close();

    /** Makes one for these options. */
    static ClusterCompressor of(Qcow2Options options) {
        return switch (options.compression()) {
            case OFF -> new StoringCompressor();
            case ZLIB -> new ZlibCompressor(options.level());
            case ZSTD -> new ZstdCompressor(options.level());
        };
    }
}
