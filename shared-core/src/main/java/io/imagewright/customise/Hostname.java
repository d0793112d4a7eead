package io.imagewright.customise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.imagewright.guest.Change;
import io.imagewright.guest.FileStat;
import io.imagewright.guest.GuestPath;

/**
 * {@code hostname}: writes /etc/hostname, see hostname(5), and the older places where the guest has them; in /etc/hosts the machine gets
 * its new name wherever it is a loopback address.
 */
record Hostname(String name) implements Action {

    private static final GuestPath HOSTNAME = GuestPath.of("/etc/hostname");
    private static final GuestPath HOSTS = GuestPath.of("/etc/hosts");

    /** Slackware, and SUSE before systemd. */
    private static final GuestPath OLD_HOSTNAME = GuestPath.of("/etc/HOSTNAME");

    /** Red Hat before systemd; Gentoo. */
    private static final SortedMap<GuestPath, Pattern> SETTINGS = new TreeMap<>(Map.of(
            GuestPath.of("/etc/sysconfig/network"), Pattern.compile("(?m)^([ \t]*HOSTNAME=).*$"),
            GuestPath.of("/etc/conf.d/hostname"), Pattern.compile("(?m)^([ \t]*hostname=).*$")));

    /** What Debian's installer gives to the machine's own name. */
    private static final String OWN_ADDRESS = "127.0.1.1";

    private static final Pattern LOOPBACK = Pattern.compile("127\\.[0-9.]+|::1");

    @Override
    public List<Change> plan(Target target) {
        if (target.facts().isWindows()) {
            return WindowsHostname.plan(target, name);
        }
        target.requireLinux();
        String old = target.text(HOSTNAME)
                .or(() -> target.text(OLD_HOSTNAME))
                .orElse("")
                .strip();
        List<Change> changes = new ArrayList<>(target.parents(HOSTNAME));
        // a link to nothing, as immutable systems may have it, would make the write fail
        if (target.guest().readLink(HOSTNAME).isPresent()
                && target.find(HOSTNAME).isEmpty()) {
            changes.add(new Change.Delete(HOSTNAME));
        }
        changes.addAll(target.rewrite(HOSTNAME, name + "\n"));
        if (target.guest().stat(OLD_HOSTNAME).filter(FileStat::isRegular).isPresent()) {
            changes.addAll(target.rewrite(OLD_HOSTNAME, name + "\n"));
        }
        SETTINGS.forEach((file, setting) -> target.text(file)
                .map(text -> setting.matcher(text).replaceAll("$1\"" + name + "\""))
                .ifPresent(text -> changes.addAll(target.rewrite(file, text))));
        target.text(HOSTS).ifPresent(text -> {
            List<String> lines = text.lines().toList();
            List<String> updated = lines.stream().map(line -> hosts(line, old)).toList();
            if (!updated.equals(lines)) {
                changes.addAll(target.rewrite(HOSTS, String.join("\n", updated) + "\n"));
            }
        });
        return changes;
    }

    /** A line of hosts(5) with the new name. */
    private String hosts(String line, String old) {
        int comment = line.indexOf('#');
        String content = comment < 0 ? line : line.substring(0, comment);
        String[] words = content.strip().split("[ \t]+", -1);
        if (words.length < 2 || !LOOPBACK.matcher(words[0]).matches()) {
            return line;
        }
        String shortName = name.replaceFirst("\\..*", "");
        String oldShort = old.replaceFirst("\\..*", "");
        List<String> names = new ArrayList<>();
        boolean named = words[0].equals(OWN_ADDRESS);
        for (int i = 1; i < words.length && !words[0].equals(OWN_ADDRESS); i++) {
            boolean isOld = !oldShort.isEmpty()
                    && !oldShort.equals("localhost")
                    && words[i].replaceFirst("\\..*", "").equals(oldShort);
            named |= isOld;
            if (!isOld) {
                names.add(words[i]);
            }
        }
        if (!named) {
            return line;
        }
        names.add(name);
        if (!name.equals(shortName)) {
            names.add(shortName);
        }
        String rest = comment < 0 ? "" : " " + line.substring(comment);
        return words[0] + "\t" + String.join(" ", names) + rest;
    }
}
