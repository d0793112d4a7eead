package io.imagewright.format;

/** qcow2, compression: off. */
public class Qcow2OffOutputTest extends Qcow2OutputContract {

    @Override
    String compression() {
        return "off";
    }
}
