package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** Passwords for repositories of packages, and those that packages asked for; files that hold nothing else. */
public final class PackageCredentials implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "package-credentials";
    }

    @Override
    public String description() {
        return "Deletes the files in which apt, zypper and debconf keep passwords.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of(
                        "etc/apt/auth.conf",
                        "etc/apt/auth.conf.d/*",
                        "etc/zypp/credentials.cat",
                        "etc/zypp/credentials.d/*",
                        "var/cache/debconf/passwords.dat*")
                .scrubbed());
    }
}
