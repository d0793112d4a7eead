package io.imagewright.disk;

/** A run of bytes. */
public record Extent(long offset, long length) {

    /** First byte behind it. */
    public long end() {
        return offset + length;
    }
}
