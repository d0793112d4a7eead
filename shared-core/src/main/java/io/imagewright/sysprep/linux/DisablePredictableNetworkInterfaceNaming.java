package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;

/** Has network interfaces named eth0, eth1 ...: names by place in the machine, like enp3s0, change with the machine. */
public final class DisablePredictableNetworkInterfaceNaming implements LinuxOperation {

    private static final String KEY = "net.ifnames=";
    private static final String OFF = KEY + "0";

    @Override
    public String name() {
        return "disable-predictable-network-interface-naming";
    }

    @Override
    public String description() {
        return "Has network interfaces named eth0, eth1 and so on, whatever the machine.";
    }

    @Override
    public String effect() {
        return "Sets `net.ifnames=0` in the command lines of all boot loaders ([where](#command-lines)): replaced where "
                + "it is, added to `GRUB_CMDLINE_LINUX` and to lines that have a `root=`. Warns of network configuration "
                + "that names an interface the other way.";
    }

    @Override
    public Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        KernelCommandLines lines = KernelCommandLines.of(context);
        lines.edit((format, line) -> line.replacing(parameter -> parameter.startsWith(KEY) ? OFF : parameter));
        lines.add(OFF);
        List<Change> changes = lines.changes();
        if (!changes.isEmpty()) {
            InterfaceNames.warn(context);
        }
        return changes;
    }
}
