package io.imagewright.format;

import java.nio.ByteBuffer;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/** One zstd frame for each cluster. */
final class ZstdCompressor implements ClusterCompressor {

    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final ByteBuffer frame = ByteBuffer.allocateDirect((int) Zstd.compressBound(ClusterSize.LARGEST.bytes()));

    ZstdCompressor(int level) {
        context.setLevel(level).setChecksum(false);
    }

    @Override
    public int compress(ByteBuffer source, int from, int length, ByteBuffer target, int to, int capacity) {
        // into a buffer that always suffices, as a full one costs an exception
        int size = context.compressDirectByteBuffer(frame, 0, frame.capacity(), source, from, length);
        if (size > capacity) {
            return -1;
        }
        target.put(to, frame, 0, size);
        return size;
    }

    @Override
    public void close() {
        context.close();
    }
}
