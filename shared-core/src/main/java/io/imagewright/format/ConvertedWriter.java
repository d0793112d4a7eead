package io.imagewright.format;

import java.nio.file.Path;

import io.imagewright.checksum.Digests;

/** An output that qemu-img makes of the raw disk that the pass has written. The digests take a look at the finished file. */
final class ConvertedWriter implements OutputWriter {

    private final QemuConversion conversion;
    private final ConvertedFormat format;
    private final Path target;
    private final BufferPool buffers;
    private final Digests digests;

    /** Begins; the raw disk is whole before {@link #finish}. */
    ConvertedWriter(
            QemuConversion conversion, ConvertedFormat format, Path target, BufferPool buffers, Digests digests) {
        this.conversion = conversion;
        this.format = format;
        this.target = target;
        this.buffers = buffers;
        this.digests = digests;
    }

    @Override
    public void data(long offset, BufferPool.Shared data) {}

    @Override
    public Written finish() throws InterruptedException {
        conversion.write(format, target);
        try (OutputFile file = OutputFile.existing(target)) {
            long length = file.size();
            return new Written(conversion.virtualSize(), length, SecondLook.digest(file, length, buffers, digests));
        }
    }
}
