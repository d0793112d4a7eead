package io.imagewright.format;

import java.util.Optional;
import java.util.SortedMap;

import io.imagewright.disk.Extent;
import org.jspecify.annotations.Nullable;

/** {@code raw}: the bytes of the disk, sparse. */
final class RawFormat extends OutputFormat {

    /** What readers of disks call it. */
    static final String WORD = "raw";

    RawFormat() {
        super(WORD, Content.DISK);
    }

    @Override
    public Optional<String> readAs() {
        return Optional.of(WORD);
    }

    @Override
    Encoding encoding(SortedMap<String, String> options, String fileName, @Nullable Extent window) {
        return RawEncoding.WHOLE;
    }
}
