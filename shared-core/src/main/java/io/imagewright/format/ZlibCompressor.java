package io.imagewright.format;

import java.nio.ByteBuffer;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** Raw deflate with the window that qemu's reader has. */
final class ZlibCompressor implements ClusterCompressor {

    /** Raw (negative), 2^12 bytes: qemu, block/qcow2-threads.c, inflates with this window. */
    private static final int WINDOW_BITS = -12;

    /** Zlib's maximum: memory is no matter here, and a bigger hash table is faster. */
    private static final int MEMORY_LEVEL = 9;

    private final Memory stream = new Memory(LibZ.STREAM_SIZE);
    private boolean closed;

    ZlibCompressor(int level) {
        LibZ.load();
        stream.clear();
        check(LibZ.deflateInit2_(
                stream,
                level,
                LibZ.DEFLATED,
                WINDOW_BITS,
                MEMORY_LEVEL,
                LibZ.DEFAULT_STRATEGY,
                LibZ.zlibVersion(),
                LibZ.STREAM_SIZE));
    }

    @Override
    public int compress(ByteBuffer source, int from, int length, ByteBuffer target, int to, int capacity) {
        check(LibZ.deflateReset(stream));
        stream.setPointer(LibZ.NEXT_IN, address(source, from, length));
        stream.setInt(LibZ.AVAILABLE_IN, length);
        stream.setPointer(LibZ.NEXT_OUT, address(target, to, capacity));
        stream.setInt(LibZ.AVAILABLE_OUT, capacity);
        int result = LibZ.deflate(stream, LibZ.FINISH);
        if (result == LibZ.STREAM_END) {
            return capacity - stream.getInt(LibZ.AVAILABLE_OUT);
        }
        check(result);
        return -1;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            // reports input that was left over when a cluster did not fit; that is no failure
            LibZ.deflateEnd(stream);
            stream.close();
        }
    }

    /** C would go beyond a buffer's end without a word. */
    private static Pointer address(ByteBuffer buffer, int from, int length) {
        java.util.Objects.checkFromIndexSize(from, length, buffer.capacity());
        return Native.getDirectBufferPointer(buffer).share(from);
    }

    private static void check(int result) {
        if (result != LibZ.OK) {
            throw new IllegalStateException("zlib returned " + result);
        }
    }
}
