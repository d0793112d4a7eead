package io.imagewright.format;

import java.util.Map;

import io.imagewright.checksum.Digests;

/** The digests of a file that could not be had while it was written. */
final class SecondLook {

    private SecondLook() {}

    /** Reads the first bytes of the file, up to the size, and ends the digests. */
    static Map<String, String> digest(OutputFile file, long size, BufferPool buffers, Digests digests)
            throws InterruptedException {
        for (long offset = 0; offset < size; offset += BufferPool.SIZE) {
            BufferPool.Shared buffer = buffers.take();
            file.read(offset, buffer.bytes().limit((int) Math.min(BufferPool.SIZE, size - offset)));
            digests.update(buffer.bytes().flip(), buffer::release);
        }
        return digests.finish();
    }
}
