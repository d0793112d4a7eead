package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** What PAM modules remember of logins. */
public final class PamData implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "pam-data";
    }

    @Override
    public String description() {
        return "Deletes the data of PAM modules on logins.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of(
                "run/console/*",
                "run/faillock/*",
                "run/sepermit/*",
                "var/run/console/*",
                "var/run/faillock/*",
                "var/run/sepermit/*"));
    }
}
