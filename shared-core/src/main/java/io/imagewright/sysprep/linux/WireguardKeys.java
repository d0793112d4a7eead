package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.imagewright.guest.Change;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.linux.NetplanFiles.Definition;
import io.imagewright.sysprep.unix.Glob;
import io.imagewright.sysprep.unix.Removal;

/**
 * The keys by which WireGuard's peers know this machine. They work for one machine at a time: a peer sends to the address from which it last
 * heard a key.
 */
public final class WireguardKeys implements LinuxOperation {

    private static final Removal FILES = Removal.of(
                    "etc/wireguard/*.key",
                    "etc/wireguard/*.psk",
                    "etc/wireguard/*private*",
                    "etc/wireguard/*preshared*",
                    "etc/wireguard/*/*.key",
                    "etc/wireguard/*/*private*",
                    "etc/systemd/network/*.key",
                    "etc/systemd/network/*.psk")
            .except("etc/wireguard/*.conf", "etc/wireguard/*.pub")
            .onlyFiles()
            .scrubbed();

    private static final List<Glob> SETTINGS = Stream.of(
                    "etc/wireguard/*.conf", "etc/systemd/network/*.netdev", "etc/systemd/network/*.netdev.d/*.conf")
            .map(Glob::new)
            .toList();

    private static final Pattern LINE = Pattern.compile("[ \t]*(?i:PrivateKey|PresharedKey)[ \t]*=.*", Pattern.DOTALL);

    @Override
    public String name() {
        return "wireguard-keys";
    }

    @Override
    public String description() {
        return "Removes the private and pre-shared keys of WireGuard.";
    }

    @Override
    public String effect() {
        return FILES.effect() + " Removes the lines `PrivateKey=` and `PresharedKey=` of `/etc/wireguard/*.conf`, "
                + "`/etc/systemd/network/*.netdev` and its drop-ins, and from netplan's files (as `net-hwaddr`) each tunnel of the mode "
                + "`wireguard` that holds a key itself, as a whole.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<Change> changes = new ArrayList<>(FILES.plan(context));
        changes.addAll(NetworkLines.remove(context, SETTINGS, LINE));
        changes.addAll(NetplanSecrets.remove(context, "wireguard", WireguardKeys::holdsKey, "a key"));
        return changes;
    }

    private static boolean holdsKey(Definition definition) {
        JsonNode tunnel = definition.content();
        if (!tunnel.path("mode").asText("").equals("wireguard")) {
            return false;
        }
        List<JsonNode> keys = new ArrayList<>(List.of(
                tunnel.path("key"),
                tunnel.path("keys").path("private"),
                tunnel.path("keys").path("private-key")));
        tunnel.path("peers").forEach(peer -> keys.add(peer.path("keys").path("shared")));
        return keys.stream()
                .anyMatch(key -> key.isValueNode() && !key.asText().startsWith("/")); // else the name of a file
    }
}
