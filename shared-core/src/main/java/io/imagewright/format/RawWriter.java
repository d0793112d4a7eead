package io.imagewright.format;

import java.nio.ByteBuffer;

import io.imagewright.checksum.Digests;
import io.imagewright.disk.Extent;
import io.imagewright.disk.ZeroScan;

/**
 * The bytes of the disk, or of a part of it, as they are. Holes, and blocks of 4 KiB that are all zero, stay holes; the digests are those of all of it and are
 * computed while it is written.
 */
final class RawWriter implements OutputWriter {

    private final Extent window;
    private final byte[] footer;
    private final OutputFile file;
    private final Digests digests;
    private long digested;
    private long stored;

    /**
     * Begins.
     *
     * @param window the part of the disk that is written; zeros are added to a disk that ends before it does
     * @param footer what comes behind it
     */
    RawWriter(OutputFile file, Extent window, byte[] footer, Digests digests) {
        this.file = file;
        this.window = window;
        this.footer = footer.clone();
        this.digests = digests;
    }

    @Override
    public void data(long offset, BufferPool.Shared data) throws InterruptedException {
        ByteBuffer bytes = data.bytes().duplicate();
        long from = Math.max(offset, window.offset());
        long end = Math.min(offset + bytes.remaining(), window.end());
        if (from < end) {
            int skipped = bytes.position() + (int) (from - offset);
            put(from - window.offset(), bytes.slice(skipped, (int) (end - from)), data);
        }
    }

    /** @param offset from the start of the window */
    private void put(long offset, ByteBuffer bytes, BufferPool.Shared data) throws InterruptedException {
        digests.updateZeros(offset - digested);
        digests.update(bytes.duplicate(), data.retain()::release);
        int end = bytes.limit();
        digested = offset + end;
        for (int from = 0; from < end; ) {
            int start = ZeroScan.firstBlock(bytes, from, end, false);
            int stop = ZeroScan.firstBlock(bytes, start, end, true);
            if (stop > start) {
                write(offset + start, bytes.slice(start, stop - start));
            }
            from = stop;
        }
    }

    private void write(long offset, ByteBuffer bytes) {
        stored += bytes.remaining();
        file.write(offset, bytes);
    }

    @Override
    public Written finish() throws InterruptedException {
        long size = window.length();
        digests.updateZeros(size - digested);
        digests.update(ByteBuffer.wrap(footer), () -> {});
        write(size, ByteBuffer.wrap(footer));
        file.finish(size + footer.length);
        return new Written(size, stored, digests.finish());
    }
}
