package io.imagewright.format;

/** qcow2, compression: zlib. */
public class Qcow2ZlibOutputTest extends Qcow2OutputContract {

    @Override
    String compression() {
        return "zlib";
    }
}
