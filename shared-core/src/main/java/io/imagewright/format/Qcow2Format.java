package io.imagewright.format;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

import io.imagewright.disk.Extent;
import org.jspecify.annotations.Nullable;

/** {@code qcow2}: QEMU's copy-on-write format. */
final class Qcow2Format extends OutputFormat {

    Qcow2Format() {
        super("qcow2", Content.DISK);
    }

    @Override
    public Optional<String> readAs() {
        return Optional.of(word());
    }

    @Override
    List<String> optionNames() {
        return Qcow2Options.NAMES;
    }

    @Override
    SortedMap<String, String> settled(SortedMap<String, String> given) {
        return Qcow2Options.of(given).toMap();
    }

    @Override
    void requireHolds(long size, SortedMap<String, String> options) {
        Qcow2Options.of(options).requireHolds(this, size);
    }

    @Override
    Encoding encoding(SortedMap<String, String> options, String fileName, @Nullable Extent window) {
        return new Clusters(Qcow2Options.of(options));
    }

    private record Clusters(Qcow2Options options) implements Encoding {

        @Override
        public OutputWriter open(WriterSetup setup) {
            return new Qcow2Writer(
                    setup.file(), setup.size(), options, setup.threads(), setup.buffers(), setup.digests());
        }
    }
}
