package io.imagewright.format;

import java.nio.file.Files;

import org.junit.Test;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;

/** What the formats promise that qemu-img writes. */
public abstract class ConvertedOutputContract extends OutputWriterContract {

    @Override
    String format() {
        return qemuFormat();
    }

    /** Qemu does not write to a device that is no disk. */
    @Override
    String fullDisk() {
        return "qemu-img says: ";
    }

    @Test
    public void leavesNoRawDisk() throws Exception {
        TestDisk disk = disk(8 * MIB).text(0, 5000);
        WrittenOutput written = write(disk, "out", 2);
        try (var files = Files.list(written.path().getParent())) {
            assertEquals(
                    1,
                    files.filter(file -> !file.equals(disk.file()) && !Files.isDirectory(file))
                            .count());
        }
    }

    @Test
    public void isNamedByItsFile() throws Exception {
        TestDisk disk = disk(8 * MIB).text(0, 5000);
        assertNotEquals(
                "other ids",
                -1,
                Files.mismatch(write(disk, "a", 2).path(), write(disk, "b", 2).path()));
    }
}
