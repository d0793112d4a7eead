package io.imagewright.sysprep.windows;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which driver a device of VirtIO needs, reference 1.8. */
final class VirtioDevice {

    private static final Pattern PCI = Pattern.compile("PCI\\\\VEN_1AF4&DEV_([0-9A-F]{4})(?:&.*)?");

    private static final Map<String, String> DRIVERS = Map.ofEntries(
            Map.entry("1000", "netkvm"),
            Map.entry("1041", "netkvm"),
            Map.entry("1001", "viostor"),
            Map.entry("1042", "viostor"),
            Map.entry("1002", "balloon"),
            Map.entry("1045", "balloon"),
            Map.entry("1003", "vioserial"),
            Map.entry("1043", "vioserial"),
            Map.entry("1004", "vioscsi"),
            Map.entry("1048", "vioscsi"),
            Map.entry("1005", "viorng"),
            Map.entry("1044", "viorng"),
            Map.entry("1009", "vio9p"),
            Map.entry("1049", "vio9p"),
            Map.entry("1050", "viogpu"),
            Map.entry("1052", "vioinput"));

    /** Devices of the drivers that Windows may boot from, as reference 3.2 has them: older ones, and those of VirtIO 1. */
    private static final Map<String, List<String>> DISKS = Map.of(
            "viostor", List.of("VEN_1AF4&DEV_1001&REV_00", "VEN_1AF4&DEV_1042&REV_01"),
            "vioscsi", List.of("VEN_1AF4&DEV_1004&REV_00", "VEN_1AF4&DEV_1048&REV_01"));

    private VirtioDevice() {}

    /** The driver for a hardware id; empty for what is none of VirtIO. */
    static Optional<String> driver(String hardwareId) {
        Matcher device = PCI.matcher(hardwareId.toUpperCase(Locale.ROOT));
        return device.matches() ? Optional.ofNullable(DRIVERS.get(device.group(1))) : Optional.empty();
    }

    /** Ids on the PCI bus that Windows must know to boot from a disk of this driver; empty for drivers of others. */
    static List<String> bootIds(String driver) {
        return DISKS.getOrDefault(driver, List.of());
    }
}
