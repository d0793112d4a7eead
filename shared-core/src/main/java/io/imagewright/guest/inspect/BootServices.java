package io.imagewright.guest.inspect;

import io.imagewright.guest.GuestFiles;

/** Finds whether a program is started at boot, whatever the guest's init is. */
final class BootServices {

    private final SystemdUnits units;
    private final InitScripts scripts;

    BootServices(GuestFiles files) {
        this.units = new SystemdUnits(files);
        this.scripts = new InitScripts(files, units::has);
    }

    /** Whether something that runs a program of this name is enabled. */
    boolean start(String program) {
        return units.start(program) || scripts.start(program);
    }
}
