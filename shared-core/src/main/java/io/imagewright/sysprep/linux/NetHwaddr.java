package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.Glob;

/**
 * Takes the addresses of this machine's cards out of the configuration of its network interfaces: those by which it is found on no other
 * machine, and those that it would give to the cards of all.
 */
public final class NetHwaddr implements LinuxOperation {

    private static final String ADDRESS = "[0-9A-Fa-f]{2}:";

    private static final NetworkLines LINES = NetworkLines.of(
            "(?:HWADDR|(?:MACADDR|LLADDR)(?==[\"']?" + ADDRESS + "))",
            "(?:mac-address|cloned-mac-address(?=[ \t]*=[ \t]*" + ADDRESS + "))");

    private static final List<Glob> IFUPDOWN = Stream.of("etc/network/interfaces", "etc/network/interfaces.d/*")
            .map(Glob::new)
            .toList();

    private static final Pattern IFUPDOWN_LINE =
            Pattern.compile("[ \t]*hwaddress[ \t]+(?:[a-z]+[ \t]+)?" + ADDRESS + ".*", Pattern.DOTALL);

    @Override
    public String name() {
        return "net-hwaddr";
    }

    @Override
    public String description() {
        return "Removes hardware addresses from the configuration of network interfaces.";
    }

    @Override
    public String effect() {
        return "Removes the lines `HWADDR=`, `MACADDR=` and `LLADDR=` of `/etc/sysconfig/network-scripts/ifcfg-*` and "
                + "`/etc/sysconfig/network/ifcfg-*`; `mac-address=` and `cloned-mac-address=` of "
                + "`/etc/NetworkManager/system-connections/*`; `hwaddress` of `/etc/network/interfaces` and "
                + "`/etc/network/interfaces.d/*`; rules of `/etc/udev/rules.d/*.rules` that name the interface of an address. In netplan's `*.yaml` below `/etc/netplan`, `/run/netplan` and `/usr/lib/netplan`, and in "
                + "the network configuration of `/etc/cloud/cloud.cfg.d/*.cfg`: `macaddress`; one that is the only criterion of a `match` "
                + "becomes `name: \"e*\"` (`wl*`, `ww*`) when the interface is the only one of its type, else its own name. In "
                + "`/etc/systemd/network/*.network`, `*.link`, `*.netdev` and their drop-ins: `MACAddress=` and `PermanentMACAddress=`; the only "
                + "criterion of a `[Match]` becomes `Name=e*` (`OriginalName=e*` in a `.link`) when the file is the only one of its kind, else "
                + "a `.link` is deleted and a `.network` stays with a warning. Words like `random` stay.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<Change> changes = new ArrayList<>(LINES.remove(context));
        changes.addAll(NetworkLines.remove(context, IFUPDOWN, IFUPDOWN_LINE));
        changes.addAll(UdevRules.remove(context));
        changes.addAll(NetplanAddresses.remove(context));
        changes.addAll(NetworkdAddresses.remove(context));
        return changes;
    }
}
