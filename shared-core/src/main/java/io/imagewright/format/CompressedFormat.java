package io.imagewright.format;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

import io.imagewright.disk.Extent;
import org.jspecify.annotations.Nullable;

/** Bytes as a compressed stream. */
abstract class CompressedFormat extends OutputFormat {

    private final StreamCompression compression;

    CompressedFormat(String word, Content content, StreamCompression compression) {
        super(word, content);
        this.compression = compression;
    }

    @Override
    final List<String> optionNames() {
        return CompressedRawOptions.NAMES;
    }

    @Override
    final SortedMap<String, String> settled(SortedMap<String, String> given) {
        return options(given).toMap();
    }

    private CompressedRawOptions options(SortedMap<String, String> given) {
        return CompressedRawOptions.of(word(), compression, given);
    }

    @Override
    final Encoding encoding(SortedMap<String, String> options, String fileName, @Nullable Extent window) {
        return new Stream(compression, options(options).level());
    }

    @Override
    final List<String> findings(OutputCheck check) throws IOException {
        return CompressedRawCheck.findings(check.file(), compression, check.virtualSize(), check.bytesDone());
    }

    private record Stream(StreamCompression compression, int level) implements Encoding {

        @Override
        public OutputWriter open(WriterSetup setup) {
            return new CompressedRawWriter(
                    setup.file(), setup.size(), compression, level, setup.threads(), setup.digests());
        }
    }
}
