package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.Set;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/**
 * Removes what ties names of network interfaces to the addresses of this one machine's cards: the rules of udev's generator, up to systemd
 * 208, and of Debian 4's, where they were linked in with a z25_.
 */
public final class RemovePersistentNetRules implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "remove-persistent-net-rules";
    }

    @Override
    public Set<String> aliases() {
        return Set.of("udev-persistent-net");
    }

    @Override
    public String description() {
        return "Removes udev's rules that tie network interface names to this machine's cards.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        return List.of(
                Removal.of("etc/udev/rules.d/70-persistent-net.rules", "etc/udev/rules.d/z25_persistent-net.rules"));
    }
}
