package io.imagewright.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.junit.Assert.assertEquals;

/** {@code vhd} as Azure takes it: whole MiB. */
public class VhdAzureOutputTest extends OutputWriterContract {

    @Override
    String format() {
        return "vhd";
    }

    @Override
    String qemuFormat() {
        return "vpc";
    }

    @Override
    Map<String, String> options() {
        return Map.of("subformat", "azure");
    }

    @Override
    long virtualSize(long size) {
        return (size + MIB - 1) / MIB * MIB;
    }

    @Override
    void check(Path file) throws Exception {
        assertEquals(VhdOutputFooter.SIZE, Files.size(file) % MIB);
    }
}
