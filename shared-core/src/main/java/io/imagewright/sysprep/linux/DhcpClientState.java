package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/**
 * Leases and identifiers (DUID) by which DHCP servers know this machine: shared ones give two machines one address. Directories stay:
 * openSUSE's DHCP server runs in one of these.
 */
public final class DhcpClientState implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "dhcp-client-state";
    }

    @Override
    public String description() {
        return "Deletes DHCP leases and identifiers of this machine.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of(
                        "var/lib/dhclient/*",
                        "var/lib/dhcp/*",
                        "var/lib/NetworkManager/*.lease",
                        "var/lib/dhcpcd/*",
                        "var/lib/wicked/*.xml",
                        "etc/dhcpcd.duid",
                        "etc/dhcpcd.secret",
                        "var/db/dhcpcd/*")
                .except("var/lib/dhcp/dhcpd*.leases")
                .onlyFiles());
    }
}
