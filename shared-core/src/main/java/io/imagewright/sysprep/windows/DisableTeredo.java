package io.imagewright.sysprep.windows;

import java.util.List;

import io.imagewright.hive.HiveValue;

/** No Teredo tunnels, by the policy Set Teredo State. */
public final class DisableTeredo implements RegistryOperation {

    @Override
    public String name() {
        return "disable-teredo";
    }

    @Override
    public String description() {
        return "Turns the Teredo tunnel off.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting(
                "SOFTWARE",
                "Policies\\Microsoft\\Windows\\TCPIP\\v6Transition",
                HiveValue.text("Teredo_State", "Disabled")));
    }
}
