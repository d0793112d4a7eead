package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.unix.ConfigFile;
import io.imagewright.sysprep.unix.Glob;

/** Network configuration that goes by names like enp3s0, see systemd.net-naming-scheme(7): without them it configures nothing. */
final class InterfaceNames {

    private static final List<Glob> FILES = Stream.of(
                    "etc/network/interfaces",
                    "etc/network/interfaces.d/*",
                    "etc/netplan/*.yaml",
                    "etc/sysconfig/network-scripts/ifcfg-*",
                    "etc/sysconfig/network/ifcfg-*",
                    "etc/systemd/network/*.network",
                    "etc/NetworkManager/system-connections/*",
                    "etc/conf.d/net")
            .map(Glob::new)
            .toList();

    private static final Pattern NAME = Pattern.compile(
            "\\b(?:en|wl|ww|ib)(?:o[0-9]{1,5}|s[0-9]{1,5}|x[0-9a-f]{12}|(?:P[0-9]{1,5})?p[0-9]{1,5}s[0-9]{1,5})\\b");

    /** A match by any name, as in netplan's files: what else has a name like enp3s0 there is what the interface gets, or an id. */
    private static final Pattern ANY_NAME = Pattern.compile("\\bname: *[\"']?(?:e|en|eth)?\\*");

    private static final Pattern KERNEL_NAME = Pattern.compile("(?:eth|wlan|wwan|ib|usb)[0-9]{1,5}");

    private InterfaceNames() {}

    /** Whether the kernel or udev gives interfaces such names by themselves. */
    static boolean isOfKernelOrUdev(String name) {
        return NAME.matcher(name).matches() || KERNEL_NAME.matcher(name).matches();
    }

    static void warn(OperationContext context) {
        for (Glob glob : FILES) {
            for (var entry : glob.below(context, GuestPath.ROOT)) {
                ConfigFile.read(context, entry.path())
                        .filter(file -> !ANY_NAME.matcher(file.text()).find())
                        .map(file -> NAME.matcher(entry.path().name() + "\n" + withoutComments(file)))
                        .filter(Matcher::find)
                        .ifPresent(found -> context.warn(Message.of(
                                entry.path() + " is for the network interface " + found.group()
                                        + ", which will have a name like eth0; the network may not come up. Change it there, or"
                                        + " set ",
                                SettingName.SYSPREP_DISABLE.to("disable-predictable-network-interface-naming"),
                                ".")));
            }
        }
    }

    private static String withoutComments(ConfigFile file) {
        return file.withoutLines(line -> line.stripLeading().startsWith("#"));
    }
}
