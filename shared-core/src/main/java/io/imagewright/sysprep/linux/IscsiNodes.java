package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** iSCSI targets that this machine has discovered and logs in to, where Debian and where the others have them, with the passwords of their sessions. Off: an image may be meant to find its data there. */
public final class IscsiNodes implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "iscsi-nodes";
    }

    @Override
    public String description() {
        return "Deletes the iSCSI targets that this machine logs in to, with their passwords.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public boolean enabledByDefault() {
        return false;
    }

    @Override
    public String keptWhenOff() {
        return "iSCSI targets with their passwords";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of(
                        "etc/iscsi/nodes/*",
                        "etc/iscsi/send_targets/*",
                        "etc/iscsi/static/*",
                        "etc/iscsi/isns/*",
                        "etc/iscsi/slp/*",
                        "var/lib/iscsi/nodes/*",
                        "var/lib/iscsi/send_targets/*",
                        "var/lib/iscsi/static/*",
                        "var/lib/iscsi/isns/*",
                        "var/lib/iscsi/slp/*")
                .scrubbed());
    }
}
