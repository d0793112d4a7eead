package io.imagewright.format;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Where an output's bytes go to be digested, in the pass that writes them. Used by one thread; the digesting itself may be done in others.
 *
 * <p>The seam to {@code io.imagewright.checksum.Digests}, which this package may not name; method by method the same.
 */
public interface DigestStream extends AutoCloseable {

    /**
     * The next bytes: all that remain in the buffer. The buffer's own position stays.
     *
     * @param done run once, in some thread, when the buffer's content is not needed any more
     */
    void update(ByteBuffer data, Runnable done) throws InterruptedException;

    /** The next bytes are zeros. */
    void updateZeros(long count) throws InterruptedException;

    /** Ends the stream: hexadecimal digest by word, in the order in which they were asked for. */
    Map<String, String> finish() throws InterruptedException;

    /** Ends all threads. */
    @Override
    void close();
}
