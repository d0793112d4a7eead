package io.imagewright.format;

/** {@code vhd} that grows. */
public class VhdDynamicOutputTest extends ConvertedOutputContract {

    @Override
    String format() {
        return "vhd";
    }

    @Override
    String qemuFormat() {
        return "vpc";
    }

    @Override
    long overhead() {
        return 3 * MIB;
    }
}
