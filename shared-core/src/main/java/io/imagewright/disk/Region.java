package io.imagewright.disk;

import java.nio.ByteBuffer;

/**
 * Bytes to be written at one place of a disk. Immutable, equal by value.
 *
 * @param offset bytes from the start of the disk
 * @param bytes what to write; each call gives a read-only buffer of its own, from position 0 to its limit
 */
public record Region(long offset, ByteBuffer bytes) {

    /** Copies what remains in the buffer. */
    public Region {
        bytes = ByteBuffer.allocate(bytes.remaining())
                .put(bytes.duplicate())
                .flip()
                .asReadOnlyBuffer();
    }

    @Override
    public ByteBuffer bytes() {
        return bytes.asReadOnlyBuffer();
    }

    /** First byte behind it. */
    public long end() {
        return offset + bytes.limit();
    }
}
