package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;

/** Takes the addresses of this machine's cards out of the configuration of its network interfaces. */
public final class NetHwaddr implements LinuxOperation {

    private static final NetworkLines LINES = NetworkLines.of("HWADDR", "mac-address");

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
        return "Removes the lines `HWADDR=` of `/etc/sysconfig/network-scripts/ifcfg-*`, and "
                + "`mac-address=` of `/etc/NetworkManager/system-connections/*`.";
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
