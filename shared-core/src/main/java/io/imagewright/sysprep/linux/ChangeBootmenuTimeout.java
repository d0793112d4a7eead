package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import io.imagewright.guest.Change;
import io.imagewright.guest.GuestPath;
import io.imagewright.sysprep.OperationContext;
import io.imagewright.sysprep.Parameter;
import io.imagewright.sysprep.ParameterType;
import io.imagewright.sysprep.unix.ConfigFile;

/** Limits how long boot menus wait: a machine without a person at its console must not wait for ever. None waits longer than before. */
public final class ChangeBootmenuTimeout implements LinuxOperation {

    private static final Parameter TIMEOUT = new Parameter(
            "bootmenu_timeout",
            ParameterType.POSITIVE_INTEGER,
            "10",
            "Seconds that boot menus wait for a choice at most.");

    /** Seconds that GRUB's menu waits where nothing is set: GRUB manual, "Simple configuration". */
    static final long GRUBS_OWN = 5;

    private static final GuestPath GRUB_DEFAULT = GuestPath.of("/etc/default/grub");

    @Override
    public String name() {
        return "change-bootmenu-timeout";
    }

    @Override
    public String description() {
        return "Shortens a long timeout of the menus of GRUB, GRUB 1, the syslinux family and systemd-boot.";
    }

    @Override
    public String effect() {
        return "Sets to the parameter `bootmenu_timeout`, where they are longer or wait for ever: `GRUB_TIMEOUT` of "
                + "`/etc/default/grub` (added where it is missing and GRUB's own 5 seconds are longer) and "
                + "`/etc/default/grub.d/*.cfg`; `set timeout=` of `grub.cfg`; `timeout` of `menu.lst`, "
                + "`grub.conf` and systemd-boot's `loader.conf`; `TIMEOUT`, in tenths, of `extlinux.conf` and "
                + "`syslinux.cfg`. Only numbers are replaced, and never by a larger one.";
    }

    @Override
    public Phase phase() {
        return Phase.CONFIGURE;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(TIMEOUT);
    }

    @Override
    public List<Change> plan(OperationContext context) {
        long seconds = Long.parseLong(context.parameter(TIMEOUT.name()).get(0));
        SortedMap<GuestPath, Change> changes = new TreeMap<>();
        boolean[] inGrubDefaults = new boolean[1];
        for (BootMenu menu : BootMenu.values()) {
            for (ConfigFile file : menu.files(context)) {
                inGrubDefaults[0] |= menu == BootMenu.GRUB_DEFAULT && menu.hasTimeout(file);
                file.with(menu.edit(file, seconds)).ifPresent(change -> changes.put(file.path(), change));
            }
        }
        if (!inGrubDefaults[0] && seconds < GRUBS_OWN) {
            ConfigFile.read(context, GRUB_DEFAULT)
                    .ifPresent(file -> changes.put(file.path(), file.plus("GRUB_TIMEOUT=" + seconds + "\n")));
        }
        return List.copyOf(changes.values());
    }
}
