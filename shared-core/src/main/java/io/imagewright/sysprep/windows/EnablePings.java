package io.imagewright.sysprep.windows;

import java.util.List;

import io.imagewright.hive.HiveValue;

/** Lets ICMP echo requests through the firewall; the form of a rule is that of [MS-GPFAS] 2.2.2.19. */
public final class EnablePings implements RegistryOperation {

    @Override
    public String name() {
        return "enable-pings";
    }

    @Override
    public String description() {
        return "Lets the guest answer pings: adds rules to its firewall.";
    }

    private static final String RULES =
            "CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules";

    @Override
    public List<Setting> settings() {
        return List.of(
                rule("Imagewright-Ping4-In", "Protocol=1|ICMP4=8:*|Name=Answer pings (ICMPv4)"),
                rule("Imagewright-Ping6-In", "Protocol=58|ICMP6=128:*|Name=Answer pings (ICMPv6)"));
    }

    private static Setting rule(String id, String what) {
        return new Setting("SYSTEM", RULES, HiveValue.text(id, "v2.10|Action=Allow|Active=TRUE|Dir=In|" + what + "|"));
    }
}
