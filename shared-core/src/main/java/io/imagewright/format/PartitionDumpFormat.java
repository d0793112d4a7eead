package io.imagewright.format;

import java.util.Optional;
import java.util.SortedMap;

import io.imagewright.disk.Extent;
import org.jspecify.annotations.Nullable;

/**
 * {@code extdump} and {@code ntfsdump}: the bytes of the first partition, sparse, with a file system that boots by
 * itself. Which guests that can be is decided where they are inspected.
 */
final class PartitionDumpFormat extends OutputFormat {

    PartitionDumpFormat(String word) {
        super(word, Content.PARTITION);
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
        return new RawEncoding(window);
    }
}
