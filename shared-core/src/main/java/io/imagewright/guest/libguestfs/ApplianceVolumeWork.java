package io.imagewright.guest.libguestfs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeGroup;
import io.imagewright.guest.VolumeId;
import io.imagewright.guest.VolumeWork;

/**
 * The appliance's work on whole volumes, none of which is mounted meanwhile.
 *
 * @param copies numbers of the volumes that are working copies; nothing is written to others
 */
record ApplianceVolumeWork(
        Appliance appliance,
        VolumeMounts mounts,
        List<Volume> volumes,
        List<VolumeGroup> groups,
        Map<Integer, VolumeMounts.Device> devices,
        Set<Integer> copies)
        implements VolumeWork {

    @Override
    public void clean(Consumer<String> warnings) {
        mounts.unmountAll();
        new VolumeCleaner(appliance, devices).clean(volumes, copies, warnings);
    }

    @Override
    public void identify(List<VolumeId> ids) {
        mounts.unmountAll();
        try {
            new VolumeIdentities(appliance, volumes, groups, devices).set(ids);
        } catch (GuestfsFailure failure) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot give the volumes of the disk other UUIDs",
                    String.valueOf(failure.getMessage()),
                    Message.of(
                            "Check the disk on a copy of the medium, or set ",
                            SettingName.SYSPREP_DISABLE.to("fs-uuids,lvm-uuids"),
                            "."),
                    failure);
        }
    }

    @Override
    public long shrink(int number, long free) {
        mounts.unmountAll();
        try {
            return new VolumeShrinker(appliance, volumes, devices).shrink(number, free);
        } catch (GuestfsFailure failure) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot shrink " + Volume.name(number),
                    String.valueOf(failure.getMessage()),
                    Message.of(
                            "Check the file system on a copy of the medium (of Windows: chkdsk /f, then a whole shutdown), or"
                                    + " set ",
                            SettingName.SHRINK.to("false"),
                            "."),
                    failure);
        }
    }
}
