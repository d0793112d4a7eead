package io.imagewright.format;

/** {@code raw.xz} keeps the promises of every output. */
public class RawXzOutputTest extends CompressedRawOutputContract {

    @Override
    String format() {
        return "raw.xz";
    }

    @Override
    String tool() {
        return "xz";
    }

    @Override
    long overhead() {
        return MIB;
    }
}
