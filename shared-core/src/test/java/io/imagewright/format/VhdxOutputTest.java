package io.imagewright.format;

import java.nio.file.Path;

import org.junit.Test;

/** {@code vhdx} keeps the promises of every output but that of the same bytes. */
public class VhdxOutputTest extends ConvertedOutputContract {

    @Override
    String qemuFormat() {
        return "vhdx";
    }

    @Override
    void check(Path file) throws Exception {
        Tools.run(folder.getRoot().toPath(), "qemu-img", "check", "-f", "vhdx", file.toString());
    }

    @Override
    long overhead() {
        return 64 * MIB;
    }

    @Override
    String fullDisk() {
        return ": disk full";
    }

    /** Its ids are made up by qemu-img: the content is what is the same. */
    @Override
    @Test
    public void givesTheSameBytes_onAnyNumberOfProcessors() throws Exception {
        TestDisk disk = disk(30 * MIB).text(0, (int) (20 * MIB)).random(22 * MIB + 4096, (int) (3 * MIB));
        Path one = write(disk, "one", 1).path();
        Path two = write(disk, "two", 2).path();
        Tools.run(
                folder.getRoot().toPath(),
                "qemu-img",
                "compare",
                "-f",
                "vhdx",
                "-F",
                "vhdx",
                one.toString(),
                two.toString());
    }
}
