package io.imagewright.format;

import java.nio.ByteBuffer;

import io.imagewright.checksum.Digests;

/**
 * The bytes of the disk as they are. Holes, and blocks of 4 KiB that are all zero, stay holes; the digests are those of the whole disk and are
 * computed while it is written.
 */
final class RawWriter implements OutputWriter {

    private final long size;
    private final byte[] footer;
    private final OutputFile file;
    private final Digests digests;
    private long digested;
    private long stored;

    RawWriter(OutputFile file, long size, Digests digests) {
        this(file, size, new byte[0], digests);
    }

    /**
     * Begins.
     *
     * @param size bytes of the disk; zeros are added to one that is shorter
     * @param footer what comes behind it
     */
    RawWriter(OutputFile file, long size, byte[] footer, Digests digests) {
        this.file = file;
        this.size = size;
        this.footer = footer.clone();
        this.digests = digests;
    }

    @Override
    public void data(long offset, BufferPool.Shared data) throws InterruptedException {
        ByteBuffer bytes = data.bytes().duplicate();
        digests.updateZeros(offset - digested);
        digests.update(bytes.duplicate(), data.retain()::release);
        digested = offset + bytes.remaining();
        int end = bytes.limit();
        for (int from = bytes.position(); from < end; ) {
            int start = ZeroScan.firstBlock(bytes, from, end, false);
            int stop = ZeroScan.firstBlock(bytes, start, end, true);
            if (stop > start) {
                write(offset + start - bytes.position(), bytes.slice(start, stop - start));
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
        digests.updateZeros(size - digested);
        digests.update(ByteBuffer.wrap(footer), () -> {});
        write(size, ByteBuffer.wrap(footer));
        file.finish(size + footer.length);
        return new Written(size, stored, digests.finish());
    }
}
