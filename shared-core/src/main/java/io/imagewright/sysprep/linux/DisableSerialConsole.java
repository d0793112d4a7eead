package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;

/** Has the kernel speak on the screen: a machine that is deployed need not have the serial port that this one had. */
public final class DisableSerialConsole implements LinuxOperation {

    /** Serial ports, and those of SPARC and of USB adapters. */
    private static final List<String> PARAMETERS =
            List.of("console=ttyS", "console=ttyU", "earlyprintk=serial", "earlyprintk=ttyS");

    @Override
    public String name() {
        return "disable-serial-console";
    }

    @Override
    public String description() {
        return "Removes serial consoles from the kernel's command lines.";
    }

    @Override
    public String effect() {
        return "Removes `console=ttyS...`, `console=ttyU...`, `earlyprintk=serial...` and `earlyprintk=ttyS...` from the "
                + "command lines of all boot loaders ([where](#command-lines)).";
    }

    @Override
    public Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        KernelCommandLines lines = KernelCommandLines.of(context);
        lines.edit(
                (format, line) -> line.without(parameter -> PARAMETERS.stream().anyMatch(parameter::startsWith)));
        return lines.changes();
    }
}
