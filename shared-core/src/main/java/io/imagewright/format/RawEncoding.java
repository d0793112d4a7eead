package io.imagewright.format;

import io.imagewright.disk.Extent;
import org.jspecify.annotations.Nullable;

/**
 * The bytes as they are, sparse.
 *
 * @param window the part of them; null for all
 */
record RawEncoding(@Nullable Extent window) implements Encoding {

    /** All of the disk: what some formats are converted from. */
    static final RawEncoding WHOLE = new RawEncoding(null);

    @Override
    public OutputWriter open(WriterSetup setup) {
        Extent written = window == null ? new Extent(0, setup.size()) : window;
        return new RawWriter(setup.file(), written, new byte[0], setup.digests());
    }
}
