package io.imagewright.format;

/** {@code raw.gz} keeps the promises of every output. */
public class RawGzOutputTest extends CompressedRawOutputContract {

    @Override
    String format() {
        return "raw.gz";
    }

    @Override
    String tool() {
        return "gzip";
    }

    @Override
    long overhead() {
        return 6 * MIB;
    }
}
