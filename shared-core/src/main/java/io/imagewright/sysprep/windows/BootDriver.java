package io.imagewright.sysprep.windows;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.imagewright.guest.Change;
import io.imagewright.guest.inspect.WindowsSystem;
import io.imagewright.guest.inspect.WindowsVersion;
import io.imagewright.hive.HiveEdit;
import io.imagewright.hive.HiveValue;

/**
 * Makes a driver of disks one that Windows boots with, reference 3.2: a service that the boot loader loads, and what the kernel reads for which
 * devices it is. Up to Windows 7 that is the CriticalDeviceDatabase; from 8 on the DriverDatabase, which lies at the top of the hive SYSTEM, not in a
 * control set.
 */
final class BootDriver {

    private static final String CLASS = "{4d36e97b-e325-11ce-bfc1-08002be10318}";

    /** Eight bytes, the class as it lies in memory, and room for date and version. */
    private static final byte[] VERSION = {
        0,
        (byte) 0xff,
        9,
        0,
        0,
        0,
        0,
        0,
        0x7b,
        (byte) 0xe9,
        0x36,
        0x4d,
        0x25,
        (byte) 0xe3,
        (byte) 0xce,
        0x11,
        (byte) 0xbf,
        (byte) 0xc1,
        8,
        0,
        0x2b,
        (byte) 0xe1,
        3,
        0x18,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0
    };

    private final WindowsSystem system;
    private final String name;
    private final List<Change> changes = new ArrayList<>();

    private BootDriver(WindowsSystem system, String name) {
        this.system = system;
        this.name = name;
    }

    /** The edits of the registry. */
    static List<Change> register(WindowsSystem system, String name) {
        BootDriver driver = new BootDriver(system, name);
        driver.service();
        if (system.version().isAtLeast(WindowsVersion.EIGHT)) {
            driver.driverDatabase();
        } else {
            driver.criticalDevices();
        }
        return driver.changes;
    }

    private void service() {
        String key = "CurrentControlSet\\Services\\" + name;
        set(key, HiveValue.dword("Type", 1));
        set(key, HiveValue.dword("Start", 0));
        set(key, HiveValue.dword("ErrorControl", 1));
        set(key, HiveValue.text("Group", "SCSI miniport"));
        set(key, HiveValue.expandable("ImagePath", "system32\\drivers\\" + name + ".sys"));
        // an earlier Windows may have found the driver unused at boot, and turned it off
        system.edit("SYSTEM", new HiveEdit.DeleteKey(key + "\\StartOverride")).ifPresent(changes::add);
        set(key + "\\Parameters\\PnpInterface", HiveValue.dword("5", 1));
    }

    private void criticalDevices() {
        for (String id : VirtioDevice.bootIds(name)) {
            String key = "CurrentControlSet\\Control\\CriticalDeviceDatabase\\PCI#" + id;
            set(key, HiveValue.text("Service", name));
            set(key, HiveValue.text("ClassGUID", CLASS.toUpperCase(Locale.ROOT)));
        }
    }

    /** Under a name of its own for each driver, so that they do not take each other's place. */
    private void driverDatabase() {
        String inf = "imagewright-" + name + ".inf";
        String label = inf + "_" + system.architecture() + "_0000000000000000";
        String configuration = name + "_conf";
        String infFile = "DriverDatabase\\DriverInfFiles\\" + inf;
        set(infFile, HiveValue.texts("", List.of(label)));
        set(infFile, HiveValue.text("Active", label));
        set(infFile, HiveValue.texts("Configurations", List.of(configuration)));
        String driverPackage = "DriverDatabase\\DriverPackages\\" + label;
        set(driverPackage, HiveValue.binary("Version", VERSION));
        set(driverPackage + "\\Configurations\\" + configuration, HiveValue.dword("ConfigFlags", 0));
        set(driverPackage + "\\Configurations\\" + configuration, HiveValue.text("Service", name));
        for (String id : VirtioDevice.bootIds(name)) {
            set("DriverDatabase\\DeviceIds\\PCI\\" + id, HiveValue.binary(inf, new byte[] {1, (byte) 0xff, 0, 0}));
            set(driverPackage + "\\Descriptors\\PCI\\" + id, HiveValue.text("Configuration", configuration));
        }
    }

    private void set(String key, HiveValue value) {
        Optional<Change> change = system.edit("SYSTEM", new HiveEdit.SetValue(key, value));
        change.ifPresent(changes::add);
    }
}
