package io.imagewright.format;

/** {@code raw} keeps the promises of every output. */
public class RawOutputTest extends OutputWriterContract {

    @Override
    String format() {
        return "raw";
    }

    @Override
    String qemuFormat() {
        return "raw";
    }

    @Override
    String[] digestsOfALargeDisk() {
        return new String[] {"md5"};
    }
}
