package io.imagewright.sysprep.windows;

import java.util.List;

import io.imagewright.hive.HiveValue;

/** The clock of a virtual machine runs in universal time. */
public final class HardwareClockUtc implements RegistryOperation {

    @Override
    public String name() {
        return "utc";
    }

    @Override
    public String description() {
        return "Makes Windows read the hardware clock as UTC.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting(
                "SYSTEM",
                "CurrentControlSet\\Control\\TimeZoneInformation",
                HiveValue.dword("RealTimeIsUniversal", 1)));
    }
}
