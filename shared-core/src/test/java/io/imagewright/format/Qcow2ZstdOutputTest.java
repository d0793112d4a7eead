package io.imagewright.format;

/** qcow2, compression: zstd. */
public class Qcow2ZstdOutputTest extends Qcow2OutputContract {

    @Override
    String compression() {
        return "zstd";
    }
}
