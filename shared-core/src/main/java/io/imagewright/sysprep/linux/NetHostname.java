package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;

/** Takes the name of this machine out of the configuration of its network interfaces. */
public final class NetHostname implements LinuxOperation {

    private static final NetworkLines LINES = NetworkLines.of("(?:DHCP_)?HOSTNAME", "dhcp-hostname");

    @Override
    public String name() {
        return "net-hostname";
    }

    @Override
    public String description() {
        return "Removes the host name from the configuration of network interfaces.";
    }

    @Override
    public String effect() {
        return "Removes the lines `HOSTNAME=` and `DHCP_HOSTNAME=` of "
                + "`/etc/sysconfig/network-scripts/ifcfg-*` and `/etc/sysconfig/network/ifcfg-*`, and `dhcp-hostname=` of "
                + "`/etc/NetworkManager/system-connections/*`.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        return LINES.remove(context);
    }
}
