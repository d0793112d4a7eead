package io.imagewright.boot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

import io.imagewright.api.Firmware;
import io.imagewright.disk.DiskReader;
import io.imagewright.disk.Partition;
import io.imagewright.disk.PartitionTable;
import io.imagewright.disk.PartitionTables;

/** Which firmware starts a disk. */
final class BootFirmware {

    /** Types of partitions, of GPT and of MBR: UEFI specification 2.10, 5.2.2 and 5.3.3; GRUB manual, "BIOS installation". */
    private static final List<String> EFI_SYSTEM = List.of("c12a7328-f81f-11d2-ba4b-00a0c93ec93b", "ef");

    private static final String BIOS_BOOT = "21686148-6449-6e6f-744e-656564454649";

    /** GPT's attribute "Legacy BIOS Bootable", which a boot sector of syslinux looks for. */
    private static final long LEGACY_BOOT = 1 << 2;

    /** Bytes of an MBR before its signature and table. */
    private static final int BOOT_CODE = 440;

    private BootFirmware() {}

    /** What this disk boots with: UEFI when it has an EFI system partition, and nothing that a BIOS would start. */
    static Firmware find(DiskReader disk, int sectorSize) throws IOException {
        PartitionTable table = PartitionTables.read(disk, sectorSize);
        if (table.partitions().stream().noneMatch(partition -> EFI_SYSTEM.contains(partition.type()))) {
            return Firmware.BIOS;
        }
        ByteBuffer code = ByteBuffer.allocate(BOOT_CODE);
        disk.read(0, code);
        boolean hasCode = !code.flip().equals(ByteBuffer.allocate(BOOT_CODE));
        // partitioning programs leave code in a GPT's protective MBR that only says that it cannot boot
        boolean isUsed =
                !table.kind().equals("gpt") || table.partitions().stream().anyMatch(BootFirmware::isForBios);
        return hasCode && isUsed ? Firmware.BIOS : Firmware.UEFI;
    }

    private static boolean isForBios(Partition partition) {
        return partition.type().equals(BIOS_BOOT) || (partition.attributes() & LEGACY_BOOT) != 0;
    }
}
