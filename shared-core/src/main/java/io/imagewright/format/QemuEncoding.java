package io.imagewright.format;

import java.util.List;

/**
 * What qemu-img makes of the raw disk.
 *
 * @param fileName that is in the file, or that its id is made of
 */
record QemuEncoding(ConvertedFormat format, String fileName) implements Encoding {

    static final String PROGRAM = "qemu-img";

    @Override
    public List<String> programs() {
        return List.of(PROGRAM);
    }

    @Override
    public boolean isConverted() {
        return true;
    }

    @Override
    public OutputWriter open(WriterSetup setup) {
        return new ConvertedWriter(setup.conversion(), format, setup.path(), setup.buffers(), setup.digests());
    }
}
