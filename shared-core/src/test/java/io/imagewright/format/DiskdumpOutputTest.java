package io.imagewright.format;

/** {@code diskdump} keeps the promises of every output. */
public class DiskdumpOutputTest extends OutputWriterContract {

    @Override
    String format() {
        return "diskdump";
    }

    @Override
    String qemuFormat() {
        return "raw";
    }
}
