package io.imagewright.format;

import java.util.Map;

/** {@code raw.xz} keeps the promises of every output. */
public class RawXzOutputTest extends CompressedRawOutputContract {

    @Override
    String format() {
        return "raw.xz";
    }

    /** The usual level takes twenty times as long for the same frame; StreamCompressionTest has it. */
    @Override
    Map<String, String> options() {
        return Map.of("level", "0");
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
