package io.imagewright.sysprep.linux;

import java.util.List;

import io.imagewright.sysprep.unix.Deletion;
import io.imagewright.sysprep.unix.Removal;

/** The list of this machine's disks, outside of which LVM sees nothing (lvmdevices(8)). */
public final class LvmSystemDevices implements LinuxOperation, Deletion {

    @Override
    public String name() {
        return "lvm-system-devices";
    }

    @Override
    public String description() {
        return "Deletes LVM's list of this machine's disks.";
    }

    @Override
    public Phase phase() {
        return Phase.IDENTITY;
    }

    @Override
    public List<Removal> removals() {
        return List.of(Removal.of("etc/lvm/devices/system.devices", "etc/lvm/devices/backup/system.devices*"));
    }
}
