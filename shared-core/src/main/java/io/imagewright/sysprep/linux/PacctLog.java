package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** Process accounting stays switched on only where its file is there, so this stays, empty. */
public final class PacctLog implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "pacct-log";
    }

    @Override
    public String description() {
        return "Empties the log of process accounting.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("var/account/pacct", "var/log/account/pacct").emptied());
    }
}
