package io.imagewright.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** Writes a hostile stream of bytes into a new sparse file, within limits. */
public final class SparseWriter {

    private static final int PIECE = 1 << 20;

    private SparseWriter() {}

    /**
     * What a stream may become.
     *
     * @param size bytes of the file, holes among them
     * @param data bytes that are written
     */
    public record Limits(long size, long data) {}

    /** The stream is longer than its limits; {@link #ofSize} says which one. */
    public static final class TooLarge extends Exception {

        private static final long serialVersionUID = 1L;

        private final boolean ofSize;

        private TooLarge(boolean ofSize) {
            super(ofSize ? "the file" : "the data");
            this.ofSize = ofSize;
        }

        /** Whether it is the size of the file, and not of its data. */
        public boolean ofSize() {
            return ofSize;
        }
    }

    /**
     * Writes the stream to its end; aligned blocks of 4 KiB that are all zero become holes.
     *
     * @param read called from time to time
     * @return bytes of the file
     * @throws ImageException CANCELLED when the thread is interrupted; ENVIRONMENT when the disk is full
     */
    public static long write(InputStream in, Path target, Limits limits, Runnable read) throws IOException, TooLarge {
        byte[] piece = new byte[PIECE];
        long size = 0;
        long data = 0;
        try (SparseFile file = SparseFile.create(target, 0)) {
            for (int count = in.readNBytes(piece, 0, PIECE); count > 0; count = in.readNBytes(piece, 0, PIECE)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw ImageException.of(Kind.CANCELLED, "Stopped writing " + target, "the build was cancelled", "");
                }
                if (count > limits.size() - size) {
                    throw new TooLarge(true);
                }
                data += SparseCopy.writeData(ByteBuffer.wrap(piece, 0, count), file, size);
                size += count;
                if (data > limits.data()) {
                    throw new TooLarge(false);
                }
                read.run();
            }
            file.setSize(size);
        }
        return size;
    }
}
