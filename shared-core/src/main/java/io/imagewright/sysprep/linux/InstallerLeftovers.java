package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/**
 * The answers that an installer was given: hashes of passwords, keys, tokens. What an installer leaves that is no more than configuration stays:
 * {@code cloud-init.disabled}, {@code ds-identify.cfg}, lists of data sources.
 */
public final class InstallerLeftovers implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "installer-leftovers";
    }

    @Override
    public String description() {
        return "Deletes the answers that the installer was given, which hold passwords and keys.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of(
                        // Subiquity and curtin; the first one is among what `cloud-init clean' deletes on such systems
                        "etc/cloud/cloud.cfg.d/99-installer.cfg",
                        "var/log/installer/autoinstall-user-data*",
                        "var/log/installer/curtin-install-cfg.yaml",
                        "var/log/installer/curtin-install/*.conf",
                        "root/curtin-install-cfg.yaml",
                        "root/curtin-install.log",
                        // Debian's
                        "var/lib/preseed/*",
                        // Anaconda
                        "root/anaconda-ks.cfg",
                        "root/initial-setup-ks.cfg",
                        "root/original-ks.cfg")
                .scrubbed());
    }
}
