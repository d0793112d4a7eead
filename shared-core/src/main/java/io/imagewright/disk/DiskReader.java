package io.imagewright.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Random access to the bytes of a disk, whatever holds them. Not thread-safe. */
public interface DiskReader extends Closeable {

    /** Bytes. */
    long size();

    /**
     * Fills the buffer from this offset.
     *
     * @throws java.io.EOFException when the disk ends before the buffer is full
     */
    void read(long offset, ByteBuffer target) throws IOException;
}
