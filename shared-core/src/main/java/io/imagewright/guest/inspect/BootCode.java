package io.imagewright.guest.inspect;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** Which boot loader's code the first sector of a disk holds: the table of reference 1.5.1. */
final class BootCode {

    private static final Map<String, String> LOADERS = Map.ofEntries(
            Map.entry("0000", "none"),
            Map.entry("3b48", "grub1"),
            Map.entry("eb4c", "grub2"),
            Map.entry("eb63", "grub2"),
            Map.entry("eb04", "solaris"),
            Map.entry("0ebe", "thinkpad"),
            Map.entry("33ed", "isohybrid"),
            Map.entry("33ff", "hp"),
            Map.entry("b800", "plop"),
            Map.entry("ea1e", "truecrypt"),
            Map.entry("eb31", "paragon"),
            Map.entry("fa33", "msdos"),
            Map.entry("faeb", "lilo"),
            Map.entry("fafc", "reactos"),
            Map.entry("fc31", "testdisk"),
            Map.entry("fc33", "gag"),
            Map.entry("fceb", "bootit"),
            Map.entry("33c08e", "Windows"),
            Map.entry("33c090", "diskcryptor"),
            Map.entry("33c0fa", "syslinux"),
            Map.entry("ea0500", "openbsd"),
            Map.entry("ea0501", "xosl"),
            Map.entry("eb5e00", "fbinst"),
            Map.entry("eb5e80", "grub4dos"),
            Map.entry("eb5e90", "wee"),
            Map.entry("fa31c0", "syslinux"),
            Map.entry("fa31c9", "mbldr"),
            Map.entry("fa31ed", "isohybrid"),
            Map.entry("fab80000", "freedos"),
            Map.entry("fab80010", "libparted"),
            Map.entry("31c08ed0bc007c8e", "netbsd"),
            Map.entry("31c08ed0bc007cfb", "pqservice"));

    private static final int[] LENGTHS = {2, 3, 4, 8};

    private BootCode() {}

    /** The loader's name, {@code none} or {@code unknown}. */
    static String name(byte[] firstSector) {
        for (int length : LENGTHS) {
            if (firstSector.length >= length) {
                String name = LOADERS.get(HexFormat.of().formatHex(Arrays.copyOf(firstSector, length)));
                if (name != null) {
                    return name;
                }
            }
        }
        return "unknown";
    }
}
