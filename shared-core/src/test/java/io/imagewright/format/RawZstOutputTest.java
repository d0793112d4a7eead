package io.imagewright.format;

/** {@code raw.zst} keeps the promises of every output. */
public class RawZstOutputTest extends CompressedRawOutputContract {

    @Override
    String format() {
        return "raw.zst";
    }

    @Override
    String tool() {
        return "zstd";
    }

    @Override
    long overhead() {
        return 0;
    }
}
