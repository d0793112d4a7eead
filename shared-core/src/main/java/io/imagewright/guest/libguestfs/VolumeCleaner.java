package io.imagewright.guest.libguestfs;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.imagewright.guest.Volume;

/**
 * Empties what the file systems of a disk do not use, as far as the tools of each go, so that nothing that was deleted leaves with the image: free space is
 * discarded, and becomes holes of the working copies; logs are emptied. Plain ext2/3/4 and FAT partitions are cleaned on this machine.
 */
final class VolumeCleaner {

    /** Types whose working copies this machine cleans itself when they are partitions. */
    private static final Set<String> CLEANED_HERE = Set.of("ext2", "ext3", "ext4", "vfat");

    /** Where discards are not passed on, zeros are written until the file system is full. */
    private static final String TRIM = "fstrim /v/clean 2> /dev/null"
            + " || { dd if=/dev/zero of=/v/clean/.imagewright-zero bs=1M status=none 2> /dev/null || :; sync; rm -f /v/clean/.imagewright-zero; }";

    private final Appliance appliance;
    private final Map<Integer, VolumeMounts.Device> devices;

    VolumeCleaner(Appliance appliance, Map<Integer, VolumeMounts.Device> devices) {
        this.appliance = appliance;
        this.devices = devices;
    }

    /**
     * Cleans all, none of which is mounted.
     *
     * @param copies numbers of the partitions that are working copies
     * @param warnings receives what could not be cleaned
     */
    void clean(List<Volume> volumes, Set<Integer> copies, Consumer<String> warnings) {
        for (Volume volume : volumes) {
            VolumeMounts.Device device = devices.get(volume.partition());
            boolean ours = volume.isInside() || copies.contains(volume.partition());
            boolean elsewhere = !volume.isInside() && CLEANED_HERE.contains(volume.type());
            if (device == null || !ours || elsewhere || !volume.subvolume().isEmpty()) {
                continue;
            }
            try {
                clean(volume, device);
            } catch (GuestfsFailure failure) {
                appliance.run(new BashScript().line("umount /v/clean 2> /dev/null || :"));
                warnings.accept("Free space of " + device.subject() + " could not be emptied: what was deleted there"
                        + " may still be in the image. " + failure.getMessage());
            }
        }
        if (volumes.stream().anyMatch(volume -> volume.type().equals("LVM2_member"))) {
            cleanVolumeGroups(warnings);
        }
    }

    private void clean(Volume volume, VolumeMounts.Device device) {
        String path = device.path();
        switch (volume.type()) {
            case "ext2", "ext3", "ext4" -> {
                BashScript script = new BashScript();
                if (!volume.type().equals("ext2")) {
                    script.line("tune2fs -O ^has_journal " + path + " > /dev/null");
                }
                script.line("e2fsck -fyD " + path + " > /dev/null 2>&1 || [ $? -le 1 ]");
                if (!volume.type().equals("ext2")) {
                    script.line("tune2fs -j " + path + " > /dev/null");
                }
                appliance.run(script.append(trimmed("ext4", path)));
            }
            // the log of a file system that was unmounted holds nothing that is needed
            case "xfs" -> appliance.run(trimmed("xfs", path).line("xfs_repair -L " + path + " > /dev/null 2>&1"));
            case "btrfs" -> appliance.run(trimmed("btrfs", path));
            case "ntfs" ->
                appliance.run(new BashScript()
                        .line("ntfswipe -f -d -l -m -t " + path + " > /dev/null 2>&1")
                        .append(trimmed("ntfs-3g", path)));
            case "swap" ->
                appliance.run(new BashScript()
                        .line("blkdiscard -f " + path + " 2> /dev/null || dd if=/dev/zero of=" + path
                                + " bs=1M status=none 2> /dev/null || :")
                        .line("mkswap -q" + (volume.uuid().isEmpty() ? "" : " -U " + BashScript.word(volume.uuid()))
                                + (volume.label().isEmpty() ? "" : " -L " + BashScript.word(volume.label())) + " "
                                + path));
            default -> {
                // nobody knows what it is
            }
        }
    }

    private static BashScript trimmed(String type, String path) {
        return new BashScript()
                .line("mkdir -p /v/clean")
                .line("mount -t " + type + " -o noatime " + path + " /v/clean")
                .line(TRIM)
                .line("umount /v/clean");
    }

    /** What no logical volume uses gets one for a moment. */
    private void cleanVolumeGroups(Consumer<String> warnings) {
        try {
            appliance.run(new BashScript()
                    .line("for group in $(lvm vgs --noheadings -o vg_name --select 'vg_free_count>0' 2> /dev/null); do")
                    .line("  lvm lvcreate -qq -y -W n -Z n -l 100%FREE -n imagewright_free $group > /dev/null 2>&1")
                    .line("  free=/dev/$group/imagewright_free")
                    .line(
                            "  blkdiscard -f $free 2> /dev/null || dd if=/dev/zero of=$free bs=1M status=none 2> /dev/null || :")
                    .line("  sync; lvm lvremove -qq -y $group/imagewright_free > /dev/null 2>&1")
                    .line("done"));
        } catch (GuestfsFailure failure) {
            warnings.accept(
                    "What no logical volume uses could not be emptied: what was there before may still be in the image. "
                            + failure.getMessage());
        }
    }
}
