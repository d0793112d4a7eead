package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/**
 * Leases that this machine has given as a DHCP server. ISC's server does not start without its file of leases, see dhcpd.leases(5): that
 * one is emptied.
 */
public final class DhcpServerState implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "dhcp-server-state";
    }

    @Override
    public String description() {
        return "Forgets the leases that a DHCP server in the guest has given.";
    }

    @Override
    public List<Removal> removals() {
        return List.of(
                Removal.of(
                                "var/lib/dhcpd/*",
                                "var/lib/dhcp/dhcpd*.leases~",
                                "var/lib/dhcp/db/*.leases~",
                                "var/lib/kea/*.csv*")
                        .except("var/lib/dhcpd/*.leases"),
                Removal.of("var/lib/dhcpd/*.leases", "var/lib/dhcp/dhcpd*.leases", "var/lib/dhcp/db/*.leases")
                        .emptied());
    }
}
