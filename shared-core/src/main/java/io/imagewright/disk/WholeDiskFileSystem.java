package io.imagewright.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * Distinguishes a boot sector of a file system from an MBR: both end in 0x55AA. The marks are those that libblkid goes by (vfat, exfat, ntfs), and ext
 * for a boot sector without any entry.
 */
final class WholeDiskFileSystem {

    private static final int EXT_MAGIC_AT = 1024 + 56;
    private static final int EXT_MAGIC = 0xEF53;

    private WholeDiskFileSystem() {}

    static boolean fills(DiskReader disk, MbrSector first) throws IOException {
        ByteBuffer sector = first.view();
        String oem = text(sector, 3);
        if (oem.equals("NTFS    ") || oem.equals("EXFAT   ")) {
            return true;
        }
        boolean named = text(sector, 54).startsWith("FAT1")
                || text(sector, 54).equals("FAT     ")
                || text(sector, 82).equals("FAT32   ");
        return (named && FatGeometry.plausible(sector)) || (noEntries(first) && ext(disk));
    }

    private static boolean noEntries(MbrSector first) {
        return IntStream.range(0, MbrSector.SLOTS)
                .noneMatch(slot -> first.entry(slot).used());
    }

    private static boolean ext(DiskReader disk) throws IOException {
        if (disk.size() < EXT_MAGIC_AT + 2) {
            return false;
        }
        ByteBuffer magic = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
        disk.read(EXT_MAGIC_AT, magic);
        return Short.toUnsignedInt(magic.getShort(0)) == EXT_MAGIC;
    }

    private static String text(ByteBuffer sector, int at) {
        byte[] bytes = new byte[8];
        sector.get(at, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
