package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongConsumer;

import io.imagewright.error.ImageException;
import io.imagewright.error.ImageException.Kind;

/** Copies runs of bytes between files, leaving out what is zero. */
public final class SparseCopy {

    private static final int PIECE = 1 << 20;
    private static final int LARGE_PIECE = 16 << 20;

    private SparseCopy() {}

    /**
     * Copies the extents. Aligned blocks of 4 KiB that are all zero are not written, so the target must read as zeros there.
     *
     * @param extents where in {@code from}; none behind its end
     * @param toOffsetDelta added to an offset in {@code from} to give that in {@code to}
     * @param bytesDone receives the number of bytes done so far, zeros included, after each piece
     * @throws ImageException CANCELLED when the thread is interrupted; ENVIRONMENT when the disk is full
     */
    public static void copy(
            SparseFile from, List<Extent> extents, SparseFile to, long toOffsetDelta, LongConsumer bytesDone)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
        long done = 0;
        for (Extent extent : extents) {
            long position = extent.offset();
            while (position < extent.end()) {
                stopIfInterrupted(to);
                // pieces end on multiples of their size, so that blocks are those of the file
                long end = Math.min((position / PIECE + 1) * PIECE, extent.end());
                buffer.clear().limit((int) (end - position));
                from.read(position, buffer);
                writeData(buffer.flip(), to, position + toOffsetDelta);
                done += end - position;
                position = end;
                bytesDone.accept(done);
            }
        }
    }

    /**
     * Copies the extents inside the kernel where that goes, zeros in them included; else as {@link #copy} does.
     *
     * @throws ImageException as {@link #copy}
     */
    public static void copyWhole(
            SparseFile from, List<Extent> extents, SparseFile to, long toOffsetDelta, LongConsumer bytesDone)
            throws IOException {
        long done = 0;
        for (Extent extent : extents) {
            for (long position = extent.offset(); position < extent.end(); ) {
                stopIfInterrupted(to);
                long length = Math.min(LARGE_PIECE, extent.end() - position);
                long copied = to.copyFrom(from, position, position + toOffsetDelta, length);
                if (copied < length) {
                    Extent rest = new Extent(position + copied, length - copied);
                    copy(from, List.of(rest), to, toOffsetDelta, part -> {});
                }
                position += length;
                done += length;
                bytesDone.accept(done);
            }
        }
    }

    /** Writes the buffer but for its zero blocks; gives the number of bytes written. */
    static long writeData(ByteBuffer buffer, SparseFile to, long offset) throws IOException {
        int end = buffer.limit();
        int from = 0;
        long written = 0;
        while (from < end) {
            int start = ZeroScan.firstBlock(buffer, from, end, false);
            int stop = ZeroScan.firstBlock(buffer, start, end, true);
            if (stop > start) {
                to.write(offset + start, buffer.slice(start, stop - start));
                written += stop - start;
            }
            from = stop;
        }
        return written;
    }

    private static void stopIfInterrupted(SparseFile to) {
        if (Thread.currentThread().isInterrupted()) {
            throw ImageException.of(Kind.CANCELLED, "Stopped writing " + to.path(), "the build was cancelled", "");
        }
    }
}
