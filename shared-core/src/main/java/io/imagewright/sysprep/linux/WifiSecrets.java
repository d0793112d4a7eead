package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.linux.NetplanFiles.Definition;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;
import io.imagewright.sysprep.unix.Removal;

/**
 * Passwords of the networks that this machine has been in: Wi-Fi, wired networks with 802.1X, mobile ones. Those of NetworkManager are
 * what {@link RemoveNetworkManagerSystemConnections} removes.
 */
public final class WifiSecrets implements LinuxOperation {

    private static final Removal STORED = Removal.of(
                    "var/lib/iwd/*.psk",
                    "var/lib/iwd/*.8021x",
                    "var/lib/iwd/.known_network.freq",
                    "var/lib/connman/wifi_*",
                    "var/lib/connman/*.config",
                    "etc/sysconfig/network-scripts/keys-*",
                    "etc/wicd/wireless-settings.conf")
            .scrubbed();

    private static final List<Glob> SUPPLICANT = globs("etc/wpa_supplicant/*.conf", "etc/wpa_supplicant.conf");

    private static final SecretBlock NETWORK = new SecretBlock(
            Pattern.compile("[ \t]*(?:network|cred)[ \t]*=[ \t]*\\{.*"),
            Pattern.compile("[^#]*\\}[ \t]*(?:#.*)?"),
            Pattern.compile(
                    ".*\\b(?:psk|sae_password|password|private_key2?_passwd|wep_key[0-3]|pin|milenage)[ \t]*=.*"));

    private record Lines(List<Glob> files, Pattern line) {}

    private static final List<Lines> LINES = List.of(
            new Lines(
                    globs("etc/network/interfaces", "etc/network/interfaces.d/*"),
                    Pattern.compile(
                            "[ \t]*(?:wpa-(?:psk|password|passphrase|private-key-passwd|wep-key[0-3])|wireless-key[0-9]?)[ \t].*",
                            Pattern.DOTALL)),
            new Lines(
                    globs("etc/sysconfig/network/ifcfg-*"),
                    Pattern.compile(
                            "[ \t]*WIRELESS_(?:WPA_PSK|WPA_PASSWORD|KEY(?:_[0-3])?|CLIENT_KEY_PASSWORD)(?:_[0-9]+)?=.*",
                            Pattern.DOTALL)),
            new Lines(globs("etc/netctl/*"), Pattern.compile("[ \t]*Key=.*", Pattern.DOTALL)));

    /** Keys of netplan(5) that hold a secret, or a mapping with some. */
    private static final Set<String> NETPLAN = Set.of("password", "client-key-password");

    @Override
    public String name() {
        return "wifi-secrets";
    }

    @Override
    public String description() {
        return "Removes the passwords of Wi-Fi and of other networks that ask for one.";
    }

    @Override
    public String effect() {
        return STORED.effect()
                + " Removes, in `/etc/wpa_supplicant/*.conf` and `/etc/wpa_supplicant.conf`, each `network={}` and `cred={}` with a "
                + "secret; in netplan's files (as `net-hwaddr`) each Wi-Fi with a password, and other interfaces with one of "
                + "802.1X or of a mobile network, as a whole; the lines `wpa-psk`, `wpa-password`, `wireless-key` and their like of "
                + "`/etc/network/interfaces` and `interfaces.d/*`, `WIRELESS_WPA_PSK=`, `WIRELESS_WPA_PASSWORD=`, `WIRELESS_KEY=` of "
                + "`/etc/sysconfig/network/ifcfg-*`, `Key=` of `/etc/netctl/*`. NetworkManager's: see "
                + "`remove-networkmanager-system-connections`.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<Change> changes = new ArrayList<>(STORED.plan(context));
        SUPPLICANT.stream()
                .flatMap(glob -> glob.below(context, GuestPath.ROOT).stream())
                .flatMap(entry -> ConfigFile.read(context, entry.path()).stream())
                .distinct()
                .flatMap(file -> file.with(NETWORK.without(file.text())).stream())
                .forEach(changes::add);
        LINES.forEach(lines -> changes.addAll(NetworkLines.remove(context, lines.files(), lines.line())));
        changes.addAll(NetplanSecrets.remove(context, "password", WifiSecrets::isSecret, "a password"));
        return changes;
    }

    private static boolean isSecret(Definition definition) {
        return !definition.type().equals("openvswitch") && hasPassword(definition.content());
    }

    private static boolean hasPassword(JsonNode value) {
        return value.properties().stream()
                .anyMatch(entry ->
                        (NETPLAN.contains(entry.getKey()) && entry.getValue().isValueNode())
                                || hasPassword(entry.getValue()));
    }

    private static List<Glob> globs(String... patterns) {
        return Stream.of(patterns).map(Glob::new).toList();
    }
}
