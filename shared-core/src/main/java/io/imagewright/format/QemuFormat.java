package io.imagewright.format;

import java.util.Optional;
import java.util.SortedMap;

import io.imagewright.disk.Extent;
import org.jspecify.annotations.Nullable;

/** A disk in a format that qemu-img writes whatever its options are. */
abstract class QemuFormat extends OutputFormat {

    QemuFormat(String word) {
        super(word, Content.DISK);
    }

    @Override
    public final Optional<String> readAs() {
        return Optional.of(word());
    }

    @Override
    final Encoding encoding(SortedMap<String, String> options, String fileName, @Nullable Extent window) {
        return new QemuEncoding(conversion(options), fileName);
    }

    /** @param options complete */
    abstract ConvertedFormat conversion(SortedMap<String, String> options);
}
