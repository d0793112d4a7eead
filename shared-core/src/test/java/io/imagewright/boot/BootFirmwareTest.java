package io.imagewright.boot;

import java.io.IOException;
import java.nio.file.Path;

import io.imagewright.GuestDisk;
import io.imagewright.api.Firmware;
import io.imagewright.disk.SparseFile;
import io.imagewright.error.ImageException;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

public class BootFirmwareTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Firmware found(String partitioning, byte... code) throws IOException {
        Path disk = folder.newFile().toPath();
        GuestDisk.shell("truncate -s 64M \"$1\" && " + partitioning + " > /dev/null", disk);
        GuestDisk.put(disk, 0, code);
        try (SparseFile reader = SparseFile.openRead(disk)) {
            return BootFirmware.find(reader, 512);
        }
    }

    @Test
    public void anEfiSystemPartition_andNothingForABios_isUefi() throws IOException {
        byte[] code = {(byte) 0xeb, 0x63};
        assertEquals(Firmware.UEFI, found("sgdisk -n 1:0:+8M -t 1:ef00 -n 2:0:0 \"$1\""));
        assertEquals(Firmware.UEFI, found("sgdisk -n 1:0:+8M -t 1:ef00 -n 2:0:0 \"$1\"", code));
        assertEquals(Firmware.UEFI, found("echo ', 8M, ef' | sfdisk -q --label dos \"$1\""));
    }

    @Test
    public void whatABiosWouldStart_isBios() throws IOException {
        byte[] code = {(byte) 0xeb, 0x63};
        assertEquals(Firmware.BIOS, found("sgdisk -n 1:0:+1M -t 1:ef02 -n 2:0:+8M -t 2:ef00 \"$1\"", code));
        assertEquals(Firmware.BIOS, found("sgdisk -n 1:0:+8M -t 1:ef00 -n 2:0:0 -A 2:set:2 \"$1\"", code));
        assertEquals(Firmware.BIOS, found("echo ', 8M, ef' | sfdisk -q --label dos \"$1\"", code));
        assertEquals(Firmware.BIOS, found("echo ', , L' | sfdisk -q --label dos \"$1\"", code));
        assertEquals(Firmware.BIOS, found("true", code));
        // room for GRUB, and no GRUB in it
        assertEquals(Firmware.UEFI, found("sgdisk -n 1:0:+1M -t 1:ef02 -n 2:0:+8M -t 2:ef00 \"$1\""));
    }

    @Test
    public void wordsAreThoseOfTheManual() {
        assertEquals(Firmware.UEFI, Firmware.of("uefi"));
        assertThrows(ImageException.class, () -> Firmware.of("efi"));
    }
}
