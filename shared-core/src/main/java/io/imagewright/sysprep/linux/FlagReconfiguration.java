package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;

/** Has the machine ask for its configuration at its first boot, where its start scripts know that flag. */
public final class FlagReconfiguration implements LinuxOperation {

    private static final GuestPath FLAG = GuestPath.of("/.unconfigured");

    @Override
    public String name() {
        return "flag-reconfiguration";
    }

    @Override
    public String description() {
        return "Makes /.unconfigured, on which old Red Hat systems ask for their configuration at boot.";
    }

    @Override
    public Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        return context.guest().stat(FLAG).isPresent() ? List.of() : List.of(Change.Write.of(FLAG, Bytes.EMPTY));
    }
}
