package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** Copies that the system keeps of the files of accounts: they list users, and hashes of passwords. */
public final class PasswdBackups implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "passwd-backups";
    }

    @Override
    public String description() {
        return "Deletes the backups of the files of users and groups.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of(
                        "etc/group-",
                        "etc/gshadow-",
                        "etc/passwd-",
                        "etc/shadow-",
                        "etc/subuid-",
                        "etc/subgid-",
                        "var/backups/group.bak",
                        "var/backups/gshadow.bak",
                        "var/backups/passwd.bak",
                        "var/backups/shadow.bak",
                        "var/backups/subuid.bak",
                        "var/backups/subgid.bak")
                .scrubbed());
    }
}
