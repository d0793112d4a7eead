package io.imagewright.format;

import java.util.Optional;
import java.util.SortedMap;

import io.imagewright.disk.Extent;
import org.jspecify.annotations.Nullable;

/** {@code diskdump}: the bytes of the disk, sparse; what Synnefo's snf-image calls a dump of a whole disk. */
final class DiskdumpFormat extends OutputFormat {

    DiskdumpFormat() {
        super("diskdump", Content.DISK);
    }

    @Override
    public boolean isDeployed() {
        return true;
    }

    @Override
    public Optional<String> readAs() {
        return Optional.of(RawFormat.WORD);
    }

    @Override
    Encoding encoding(SortedMap<String, String> options, String fileName, @Nullable Extent window) {
        return RawEncoding.WHOLE;
    }
}
