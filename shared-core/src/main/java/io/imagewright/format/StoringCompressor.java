package io.imagewright.format;

import java.nio.ByteBuffer;

/** Compresses nothing. */
final class StoringCompressor implements ClusterCompressor {

    @Override
    public int compress(ByteBuffer source, int from, int length, ByteBuffer target, int to, int capacity) {
        return -1;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
