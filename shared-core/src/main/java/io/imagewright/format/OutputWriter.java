package io.imagewright.format;

import java.util.List;
import java.util.Map;

/**
 * One format's part in the one pass over the disk. Used by one thread. Its file and its digests are opened and closed by others, which see to it
 * that nothing stays open or behind.
 */
interface OutputWriter extends AutoCloseable {

    /** Data begins and ends at multiples of this at least, but at the end of the disk: 64 KiB. */
    int ALIGNMENT = 1 << 16;

    /** Data for it begins and ends at multiples of this, {@link #ALIGNMENT} or a power of two that is greater, up to 1 MiB. */
    default int alignment() {
        return ALIGNMENT;
    }

    /**
     * The next data. What lies between the end of the last and this offset is zeros.
     *
     * @param offset bytes from the start of the disk, a multiple of {@link #alignment}
     * @param data what remains in its buffer; a writer that needs it longer retains it
     */
    void data(long offset, BufferPool.Shared data) throws InterruptedException;

    /** There is no more data: completes the output and syncs it. */
    Written finish() throws InterruptedException;

    /** Ends all threads of this writer. */
    @Override
    default void close() {}

    /**
     * What came of it.
     *
     * @param virtualSize bytes of the disk that a guest sees; of the tar when it holds the guest's files
     * @param storedSize see {@link WrittenOutput}
     * @param digests of the file, hexadecimal, by word
     * @param remarks see {@link WrittenOutput}
     */
    record Written(long virtualSize, long storedSize, Map<String, String> digests, List<String> remarks) {

        /** Nothing is to be said about it. */
        Written(long virtualSize, long storedSize, Map<String, String> digests) {
            this(virtualSize, storedSize, digests, List.of());
        }
    }
}
