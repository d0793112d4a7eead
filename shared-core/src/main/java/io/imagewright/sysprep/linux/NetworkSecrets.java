package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;
import io.imagewright.sysprep.unix.Removal;

/**
 * Keys and passwords of VPNs, of PPP and of access points. Off: an image may be meant to join a network, or to be the server of one, and all
 * its machines may do so with the same secret.
 */
public final class NetworkSecrets implements LinuxOperation {

    private static final Removal FILES = Removal.of(
                    "etc/openvpn/*.key",
                    "etc/openvpn/*/*.key",
                    "etc/openvpn/*/*/*.key",
                    "etc/openvpn/*/*/*/*.key",
                    "etc/openvpn/*.p12",
                    "etc/openvpn/*/*.p12",
                    "etc/ipsec.d/private/*",
                    "etc/ipsec.d/key4.db",
                    "var/lib/ipsec/nss/key4.db",
                    "etc/swanctl/private/*",
                    "etc/swanctl/rsa/*",
                    "etc/swanctl/ecdsa/*",
                    "etc/swanctl/pkcs8/*",
                    "etc/swanctl/pkcs12/*",
                    "etc/strongswan/ipsec.d/private/*",
                    "etc/strongswan/swanctl/private/*",
                    "etc/tinc/*/*.priv",
                    "etc/nebula/*.key")
            .onlyFiles()
            .scrubbed();

    /** Files of which every line is a secret, but for comments and the names of other files. */
    private static final Lines SECRETS = new Lines(
            "`/etc/ppp/*-secrets`, `/etc/ipsec.secrets`, `/etc/ipsec.d/*.secrets`, `/etc/strongswan/ipsec.secrets`: all but comments and `include`",
            globs("etc/ppp/*-secrets", "etc/ipsec.secrets", "etc/ipsec.d/*.secrets", "etc/strongswan/ipsec.secrets"),
            Pattern.compile("(?!\\s*#|include\\s)(?=.*\\S).*", Pattern.DOTALL));

    private static final List<Lines> LINES = List.of(
            SECRETS,
            new Lines(
                    "`/etc/swanctl/swanctl.conf`, `/etc/swanctl/conf.d/*.conf`, `/etc/strongswan/swanctl/swanctl.conf` and `conf.d/*.conf` there: "
                            + "`secret =`",
                    globs(
                            "etc/swanctl/swanctl.conf",
                            "etc/swanctl/conf.d/*.conf",
                            "etc/strongswan/swanctl/swanctl.conf",
                            "etc/strongswan/swanctl/conf.d/*.conf"),
                    setting("secret[ \t]*=")),
            new Lines("`/etc/ppp/peers/*`: `password`", globs("etc/ppp/peers/*"), setting("password[ \t]")),
            new Lines(
                    "`/etc/vpnc/*.conf`: `IPSec secret`, `Xauth password`",
                    globs("etc/vpnc/*.conf"),
                    setting(
                            "(?i:ipsec[ \t]+(?:obfuscated[ \t]+)?secret|xauth[ \t]+(?:obfuscated[ \t]+)?password)[ \t]")),
            new Lines(
                    "`/etc/openfortivpn/config`: `password =`",
                    globs("etc/openfortivpn/config"),
                    setting("password[ \t]*=")),
            new Lines(
                    "`/etc/hostapd/*.conf`, `/etc/hostapd.conf`: `wpa_passphrase=`, `wpa_psk=`, `sae_password=`",
                    globs("etc/hostapd/*.conf", "etc/hostapd.conf"),
                    setting("(?:wpa_passphrase|wpa_psk|sae_password|wep_key[0-3])=")));

    private static final List<Glob> OPENVPN =
            globs("etc/openvpn/*.conf", "etc/openvpn/*.ovpn", "etc/openvpn/*/*.conf", "etc/openvpn/*/*.ovpn");

    private static final String INLINE = "(?:key|secret|pkcs12|tls-auth|tls-crypt|tls-crypt-v2|auth-user-pass)";

    private static final SecretBlock INLINE_FILE = new SecretBlock(
            Pattern.compile("[ \t]*<" + INLINE + ">[ \t]*"),
            Pattern.compile("[ \t]*</" + INLINE + ">[ \t]*"),
            Pattern.compile(".*"));

    private record Lines(String effect, List<Glob> files, Pattern line) {}

    @Override
    public String name() {
        return "network-secrets";
    }

    @Override
    public String description() {
        return "Removes keys and passwords of VPNs, PPP and access points.";
    }

    @Override
    public String effect() {
        return FILES.effect()
                + " Removes inline keys (`<key>`, `<tls-auth>`, `<tls-crypt>`, `<secret>`, `<pkcs12>`, `<auth-user-pass>`) of "
                + OPENVPN.stream().map(glob -> "`/" + glob + "`").collect(Collectors.joining(", "))
                + ", and lines of "
                + LINES.stream().map(Lines::effect).collect(Collectors.joining("; "))
                + ". While it is off, a warning names the files. Keys of WireGuard: see `wireguard-keys`.";
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
        return "keys or passwords of VPNs, PPP or access points";
    }

    @Override
    public List<Change> plan(OperationContext context) {
        List<Change> changes = new ArrayList<>(FILES.plan(context));
        OPENVPN.stream()
                .flatMap(glob -> glob.below(context, GuestPath.ROOT).stream())
                .flatMap(entry -> ConfigFile.read(context, entry.path()).stream())
                .distinct()
                .flatMap(file -> file.with(INLINE_FILE.without(file.text())).stream())
                .forEach(changes::add);
        LINES.forEach(lines -> changes.addAll(NetworkLines.remove(context, lines.files(), lines.line())));
        return changes;
    }

    private static Pattern setting(String name) {
        return Pattern.compile("[ \t]*" + name + ".*", Pattern.DOTALL);
    }

    private static List<Glob> globs(String... patterns) {
        return Stream.of(patterns).map(Glob::new).toList();
    }
}
