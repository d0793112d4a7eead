package io.imagewright.guest.inspect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;

/** Which boot loader's code the first sector of a partition holds, reference 1.5.1. */
public final class VolumeBootCode {

    /** Bytes at offset 128 that differ from loader to loader, of all of the syslinux family. */
    private static final Set<String> SYSLINUX = Set.of("0689", "31c0", "b106", "7815b106");

    private static final int MARK = 0x80;

    private VolumeBootCode() {}

    /** Whether it is syslinux's or extlinux's, which finds its second half by a list of blocks. */
    public static boolean isSyslinux(byte[] firstSector) {
        if (firstSector.length < MARK + 4) {
            return false;
        }
        String name = new String(firstSector, 3, 8, StandardCharsets.US_ASCII);
        return name.equals("EXTLINUX")
                || name.equals("SYSLINUX")
                || Stream.of(2, 4)
                        .map(length -> Arrays.copyOfRange(firstSector, MARK, MARK + length))
                        .anyMatch(bytes -> SYSLINUX.contains(HexFormat.of().formatHex(bytes)));
    }
}
