package io.imagewright.guest;

/**
 * The content of a regular file of a guest, read where it is wanted instead of as a whole. Good until the guest is changed or closed. Not
 * thread-safe.
 */
public interface FileContent {

    /** Content that is in memory already. */
    static FileContent of(Bytes content) {
        return new BytesContent(content.toArray());
    }

    /** Bytes; those of holes count. */
    long size();

    /**
     * Reads bytes from this place on: as many as fit, or as there are.
     *
     * @param offset bytes from the start, not negative
     * @return how many were read; 0 at the end and behind it
     * @throws io.imagewright.error.ImageException SOURCE when the file system does not give them
     */
    int read(long offset, byte[] into);
}
