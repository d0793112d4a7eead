package io.imagewright.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;

import io.imagewright.disk.Extent;
import io.imagewright.disk.SparseFile;
import org.jspecify.annotations.Nullable;

/** {@code vhd}: Virtual PC's, Hyper-V's first and Azure's. */
final class VhdFormat extends OutputFormat {

    /** As qemu and Hyper-V have it: 2040 GiB. */
    private static final long LARGEST = 2040L << 30;

    VhdFormat() {
        super("vhd", Content.DISK);
    }

    @Override
    public Optional<String> readAs() {
        return Optional.of(word());
    }

    @Override
    List<String> optionNames() {
        return VhdOptions.NAMES;
    }

    @Override
    SortedMap<String, String> settled(SortedMap<String, String> given) {
        return VhdOptions.of(given).toMap();
    }

    @Override
    void requireHolds(long size, SortedMap<String, String> options) {
        requireAtMost(LARGEST, size, "", "Choose another format.");
    }

    @Override
    Encoding encoding(SortedMap<String, String> options, String fileName, @Nullable Extent window) {
        VhdOptions.Subformat subformat = VhdOptions.of(options).subformat();
        return subformat == VhdOptions.Subformat.DYNAMIC
                ? new QemuEncoding(new Dynamic(), fileName)
                : new Fixed(subformat, fileName);
    }

    /** The bytes of the disk with a footer. */
    private record Fixed(VhdOptions.Subformat subformat, String fileName) implements Encoding {

        @Override
        public OutputWriter open(WriterSetup setup) {
            long size = subformat.virtualSize(setup.size());
            byte[] footer = VhdOutputFooter.fixed(size, ConvertedFormat.id(fileName));
            return new RawWriter(setup.file(), new Extent(0, size), footer, setup.digests());
        }
    }

    /** Grows. */
    private record Dynamic() implements ConvertedFormat {

        @Override
        public String driver() {
            return "vpc";
        }

        @Override
        public String createOptions() {
            return "subformat=dynamic,force_size=on";
        }

        @Override
        public void pin(SparseFile file, UUID id) throws IOException {
            ByteBuffer footer = ByteBuffer.allocate(VhdOutputFooter.SIZE);
            file.read(0, footer);
            byte[] pinned = VhdOutputFooter.pinned(footer.array(), id);
            file.write(0, ByteBuffer.wrap(pinned));
            file.write(file.size() - VhdOutputFooter.SIZE, ByteBuffer.wrap(pinned));
        }
    }
}
