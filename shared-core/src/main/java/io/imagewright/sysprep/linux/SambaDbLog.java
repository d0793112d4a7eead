package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** Databases of Samba: members and passwords of the domain, the machine's own secret. */
public final class SambaDbLog implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "samba-db-log";
    }

    @Override
    public String description() {
        return "Deletes the databases and logs of Samba.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(
                Removal.of("var/log/samba/*", "var/log/samba/old/*").onlyFiles(),
                Removal.of("var/lib/samba/*", "var/lib/samba/*/*").onlyFiles().scrubbed());
    }
}
