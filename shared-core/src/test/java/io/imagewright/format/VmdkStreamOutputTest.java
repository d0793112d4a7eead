package io.imagewright.format;

import java.nio.file.Path;
import java.util.Map;

import static org.junit.Assert.assertTrue;

/** {@code vmdk} for transport. */
public class VmdkStreamOutputTest extends ConvertedOutputContract {

    @Override
    String qemuFormat() {
        return "vmdk";
    }

    @Override
    Map<String, String> options() {
        return Map.of("subformat", "streamOptimized");
    }

    @Override
    void check(Path file) throws Exception {
        Tools.run(folder.getRoot().toPath(), "qemu-img", "check", "-f", "vmdk", file.toString());
        String info = Tools.run(folder.getRoot().toPath(), "qemu-img", "info", file.toString());
        assertTrue(info, info.contains("create type: streamOptimized"));
    }
}
