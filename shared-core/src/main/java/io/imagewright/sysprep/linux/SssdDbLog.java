package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** Users, credentials and secrets that SSSD has cached. */
public final class SssdDbLog implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "sssd-db-log";
    }

    @Override
    public String description() {
        return "Deletes the databases and logs of SSSD.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(
                Removal.of("var/log/sssd/*"),
                Removal.of("var/lib/sss/db/*", "var/lib/sss/secrets/*").scrubbed());
    }
}
