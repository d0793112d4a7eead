package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** Who is logged in: where /run is no file system of its own, it stays on the disk. */
public final class Utmp implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "utmp";
    }

    @Override
    public String description() {
        return "Deletes the list of who is logged in.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("run/utmp", "var/run/utmp"));
    }
}
