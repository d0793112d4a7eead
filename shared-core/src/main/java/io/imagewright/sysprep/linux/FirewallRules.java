package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** Rules of the machine's firewall. */
public final class FirewallRules implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "firewall-rules";
    }

    @Override
    public String description() {
        return "Deletes the firewall's own rules, services and zones.";
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of(
                "etc/sysconfig/iptables",
                "etc/sysconfig/ip6tables",
                "etc/firewalld/services/*",
                "etc/firewalld/zones/*"));
    }
}
