package io.imagewright.sysprep.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.guest.Bytes;
import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.sysprep.Operation;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;
import io.imagewright.sysprep.unix.Reachable;
import io.imagewright.sysprep.windows.Ipv6PrivacyExtensions;

/**
 * Has the kernel use one lasting IPv6 address: a server with addresses that change (RFC 8981) is not found. A setting that is missing goes
 * into a file of its own, as systemd does not read /etc/sysctl.conf (sysctl.d(5)). One name for Linux and Windows.
 */
public final class DisableIpv6PrivacyExtensions implements LinuxOperation {

    private static final Operation WINDOWS = new Ipv6PrivacyExtensions();
    private static final List<String> INTERFACES = List.of("default", "all");
    private static final List<Glob> FILES = List.of(new Glob("etc/sysctl.conf"), new Glob("etc/sysctl.d/*"));
    private static final GuestPath SYSCTL = GuestPath.of("/etc/sysctl.conf");
    private static final GuestPath SYSCTL_D = GuestPath.of("/etc/sysctl.d");
    private static final String OWN = "99-imagewright-ipv6-privacy.conf";
    private static final Pattern SETTING = Pattern.compile(
            "([ \t]*+-?[ \t]*+net[./]ipv6[./]conf[./](default|all)[./]use_tempaddr[ \t]*=[ \t]*)([^ \t]*)(.*)",
            Pattern.DOTALL);

    @Override
    public String name() {
        return "disable-ipv6-privacy-extensions";
    }

    @Override
    public String description() {
        return "Switches off temporary IPv6 addresses.";
    }

    @Override
    public String effect() {
        return "Sets `net.ipv6.conf.default.use_tempaddr` and `net.ipv6.conf.all.use_tempaddr` to 0 where "
                + "`/etc/sysctl.conf` and `/etc/sysctl.d/*` set them; what they do not set goes into `/etc/sysctl.d/"
                + OWN
                + "`, or `/etc/sysctl.conf` where there is no such directory. Windows: "
                + WINDOWS.effect();
    }

    @Override
    public Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    public boolean appliesTo(Facts facts) {
        return facts.isLinux() || WINDOWS.appliesTo(facts);
    }

    @Override
    public List<Change> plan(OperationContext context) {
        return context.facts().isLinux() ? planLinux(context) : WINDOWS.plan(context);
    }

    private static List<Change> planLinux(OperationContext context) {
        SortedMap<GuestPath, Change> changes = new TreeMap<>();
        List<String> missing = new ArrayList<>(INTERFACES);
        for (Glob glob : FILES) {
            for (var entry : glob.below(context, GuestPath.ROOT)) {
                ConfigFile.read(context, entry.path())
                        .flatMap(file -> file.with(file.mapLines(line -> disabled(line, missing))))
                        .ifPresent(change -> changes.put(change.path(), change));
            }
        }
        List<Change> all = new ArrayList<>(changes.values());
        if (!missing.isEmpty()) {
            all.addAll(added(context, missing));
        }
        return all;
    }

    private static String disabled(String line, List<String> missing) {
        Matcher setting = SETTING.matcher(line);
        if (!setting.matches()) {
            return line;
        }
        missing.remove(setting.group(2));
        return setting.group(1) + "0" + setting.group(4);
    }

    private static List<Change> added(OperationContext context, List<String> missing) {
        StringBuilder lines = new StringBuilder();
        missing.forEach(name -> lines.append("net.ipv6.conf.").append(name).append(".use_tempaddr = 0\n"));
        GuestPath target = Reachable.directory(context, SYSCTL_D)
                .map(directory -> directory.child(OWN))
                .orElse(SYSCTL);
        if (Reachable.entry(context, target).isEmpty()) {
            return target.parent().flatMap(parent -> Reachable.directory(context, parent)).stream()
                    .<Change>map(there -> Change.Write.of(there.child(target.name()), Bytes.of(lines.toString())))
                    .toList();
        }
        return ConfigFile.read(context, target).stream()
                .map(file -> file.plus(lines.toString()))
                .toList();
    }
}
