package io.imagewright.format;

import java.nio.file.Path;

/** {@code vdi} keeps the promises of every output. */
public class VdiOutputTest extends ConvertedOutputContract {

    @Override
    String qemuFormat() {
        return "vdi";
    }

    @Override
    void check(Path file) throws Exception {
        Tools.run(folder.getRoot().toPath(), "qemu-img", "check", "-f", "vdi", file.toString());
    }

    @Override
    long overhead() {
        return 2 * MIB;
    }
}
