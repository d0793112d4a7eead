package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** What the mail server Dovecot makes by itself, its identity among it. */
public final class DovecotData implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "dovecot-data";
    }

    @Override
    public String description() {
        return "Deletes the files that the mail server Dovecot makes for itself.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("var/lib/dovecot/*").onlyFiles());
    }
}
