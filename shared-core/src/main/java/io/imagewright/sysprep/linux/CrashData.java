package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** Dumps of crashed kernels and programs hold what was in memory, keys and passwords among it. */
public final class CrashData implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "crash-data";
    }

    @Override
    public String description() {
        return "Deletes the dumps of crashed kernels and programs.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(
                Removal.of("var/crash/*", "var/log/dump/*", "var/lib/systemd/coredump/*", "var/lib/apport/coredump/*"));
    }
}
