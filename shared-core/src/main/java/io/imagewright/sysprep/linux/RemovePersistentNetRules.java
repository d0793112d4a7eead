package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.Set;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.Reachable;

/** Removes what ties names of network interfaces to the addresses of this one machine's cards. */
public final class RemovePersistentNetRules implements LinuxOperation {

    private static final GuestPath RULES = GuestPath.of("/etc/udev/rules.d");

    /** Of udev's generator, up to systemd 208; and of Debian 4's, where rules were linked in with a z25_. */
    private static final List<String> NAMES = List.of("70-persistent-net.rules", "z25_persistent-net.rules");

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
    public List<Change> plan(OperationContext context) {
        return Reachable.directory(context, RULES).stream()
                .flatMap(rules -> NAMES.stream().map(rules::child))
                .filter(file -> context.guest()
                        .stat(file)
                        .filter(stat -> !stat.isDirectory())
                        .isPresent())
                .<Change>map(Change.Delete::new)
                .toList();
    }
}
