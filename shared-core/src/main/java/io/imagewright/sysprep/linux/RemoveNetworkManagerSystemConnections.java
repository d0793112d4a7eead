package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.Set;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/**
 * Networks that this machine has been in, with their passwords, which Ubuntu's NetworkManager keeps in netplan's directory; and the key from which NetworkManager makes stable addresses, which no
 * two machines may share.
 */
public final class RemoveNetworkManagerSystemConnections implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "remove-networkmanager-system-connections";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("net-nmconn");
    }

    @Override
    public String description() {
        return "Deletes NetworkManager's stored connections and its secret key.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of(
                        "etc/NetworkManager/system-connections/*",
                        "etc/netplan/90-NM-*.yaml",
                        "var/lib/NetworkManager/secret_key",
                        "var/lib/NetworkManager/seen-bssids",
                        "var/lib/NetworkManager/timestamps")
                .onlyFiles()
                .scrubbed());
    }
}
