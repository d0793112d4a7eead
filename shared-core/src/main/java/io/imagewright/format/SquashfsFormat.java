package io.imagewright.format;

import java.util.List;
import java.util.SortedMap;

import io.imagewright.disk.Extent;
import org.jspecify.annotations.Nullable;

/** {@code squashfs}: the guest's files as a compressed file system that cannot be written to. */
final class SquashfsFormat extends OutputFormat {

    SquashfsFormat() {
        super("squashfs", Content.TREE);
    }

    @Override
    List<String> optionNames() {
        return SquashfsOptions.NAMES;
    }

    @Override
    SortedMap<String, String> settled(SortedMap<String, String> given) {
        return SquashfsOptions.of(given).toMap();
    }

    @Override
    Encoding encoding(SortedMap<String, String> options, String fileName, @Nullable Extent window) {
        return new FileSystem(SquashfsOptions.of(options), fileName);
    }

    /** @param fileName which remarks name */
    private record FileSystem(SquashfsOptions options, String fileName) implements Encoding {

        @Override
        public OutputWriter open(WriterSetup setup) {
            return new SquashfsWriter(
                    setup.path(),
                    setup.file(),
                    setup.size(),
                    options,
                    setup.filesWithLists(),
                    setup.guest().timestamp(),
                    setup.threads(),
                    setup.buffers(),
                    setup.digests());
        }
    }
}
