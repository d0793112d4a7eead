package io.imagewright.guest.libguestfs;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeGroup;
import io.imagewright.guest.VolumeId;

/**
 * Gives other ids to what only the appliance reaches: physical volumes and volume groups of LVM, XFS, and what lies in logical volumes, arrays and
 * containers.
 */
final class VolumeIdentities {

    private final Appliance appliance;
    private final Map<Integer, Volume> volumes = new TreeMap<>();
    private final List<VolumeGroup> groups;
    private final Map<Integer, VolumeMounts.Device> devices;

    VolumeIdentities(
            Appliance appliance,
            List<Volume> volumes,
            List<VolumeGroup> groups,
            Map<Integer, VolumeMounts.Device> devices) {
        this.appliance = appliance;
        this.groups = List.copyOf(groups);
        volumes.forEach(volume -> this.volumes.put(volume.partition(), volume));
        this.devices = devices;
    }

    /**
     * Sets them; none of the volumes is mounted.
     *
     * @throws GuestfsFailure when a tool fails; with its words
     */
    void set(List<VolumeId> ids) {
        BashScript script = new BashScript();
        Map<Volume, VolumeId> physical = new TreeMap<>(Comparator.comparing(Volume::partition));
        for (VolumeId id : ids) {
            Volume volume = volumes.get(id.partition());
            VolumeMounts.Device device = devices.get(id.partition());
            if (volume == null || device == null) {
                throw new IllegalArgumentException("no volume " + id.partition());
            }
            if (volume.isPhysicalVolume()) {
                physical.put(volume, id);
            } else {
                // a group ends what lies in it, so that comes first
                fileSystem(script, volume, device.path(), id.uuid());
            }
        }
        for (VolumeGroup group : groups) {
            Map<Volume, VolumeId> members = new LinkedHashMap<>(physical);
            members.keySet().removeIf(volume -> !group.members().contains(volume.partition()));
            if (!members.isEmpty()) {
                group(script, group, members);
            }
        }
        appliance.run(script);
    }

    private static void fileSystem(BashScript script, Volume volume, String path, String uuid) {
        switch (volume.type()) {
            case "ext2", "ext3", "ext4" ->
                script.line("e2fsck -fp " + path + " > /dev/null 2>&1 || [ $? -le 1 ]")
                        .line("tune2fs -U " + uuid + " " + path + " > /dev/null");
            case "swap" -> script.line("swaplabel -U " + uuid + " " + path);
            case "xfs" -> script.line("xfs_admin -U " + uuid + " " + path + " > /dev/null");
            default -> throw new IllegalArgumentException("no UUID " + uuid + " for " + volume);
        }
    }

    /**
     * Makes the physical volumes of a group again around their content, as lvmcat(8) restores lost ones: with the ids that its metadata names.
     * What LVM keeps of earlier metadata, the name of the machine that wrote it among that, goes.
     */
    private static void group(BashScript script, VolumeGroup group, Map<Volume, VolumeId> members) {
        String name = BashScript.word(group.name());
        script.line("metadata=$(mktemp)").line("lvm vgcfgbackup -qq -f $metadata " + name + " > /dev/null");
        members.values().stream()
                .map(VolumeId::group)
                .filter(id -> !id.isEmpty())
                .findFirst()
                .ifPresent(id -> script.line("sed -i 's/\"" + group.uuid() + "\"/\"" + id + "\"/' $metadata"));
        members.forEach(
                (volume, id) -> script.line("sed -i 's/\"" + volume.uuid() + "\"/\"" + id.uuid() + "\"/' $metadata"));
        members.forEach((volume, id) -> script.line("fields_" + volume.partition()
                + "=$(lvm pvs --noheadings --nosuffix --units s -o pv_name,pv_mda_count,pv_ba_size,pe_start --select pv_uuid="
                + volume.uuid() + ")"));
        script.line("lvm vgchange -qq -a n " + name);
        members.forEach((volume, id) -> script.line("set -- $fields_" + volume.partition())
                .line("[ $3 -ne 0 ] || dd if=/dev/zero of=$1 bs=512 count=$4 conv=notrunc status=none")
                .line("lvm pvcreate -qq -ff -y --pvmetadatacopies $2 --uuid " + id.uuid()
                        + " --restorefile $metadata $1 > /dev/null"));
        script.line("lvm vgcfgrestore -qq -f $metadata " + name + " > /dev/null")
                .line("rm $metadata")
                .line("lvm vgchange -qq -a y " + name + "; udevadm settle");
    }
}
