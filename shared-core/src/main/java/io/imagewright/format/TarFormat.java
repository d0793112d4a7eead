package io.imagewright.format;

import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

import io.imagewright.disk.Extent;
import io.imagewright.disk.ImageCheck;
import org.jspecify.annotations.Nullable;

/** {@code tar}: the guest's files, POSIX.1-2001 (pax). */
final class TarFormat extends OutputFormat {

    TarFormat() {
        super("tar", Content.TREE);
    }

    @Override
    Encoding encoding(SortedMap<String, String> options, String fileName, @Nullable Extent window) {
        return RawEncoding.WHOLE;
    }

    /** Of its length; what is in it is covered by its digest. */
    @Override
    List<String> findings(OutputCheck check) throws IOException {
        return ImageCheck.findings(check.file(), RawFormat.WORD, check.virtualSize(), check.exec());
    }
}
