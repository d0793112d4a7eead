package io.imagewright.sysprep.windows;

import java.util.List;

import io.imagewright.hive.HiveValue;

/** No ISATAP tunnels, by the policy Set ISATAP State. */
public final class DisableIsatap implements RegistryOperation {

    @Override
    public String name() {
        return "disable-isatap";
    }

    @Override
    public String description() {
        return "Turns the ISATAP tunnel off.";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting(
                "SOFTWARE",
                "Policies\\Microsoft\\Windows\\TCPIP\\v6Transition",
                HiveValue.text("ISATAP_State", "Disabled")));
    }
}
