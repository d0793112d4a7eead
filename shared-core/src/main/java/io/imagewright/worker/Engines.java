package io.imagewright.worker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Recognition;
import io.imagewright.guest.Volume;

/** Which engine can serve a guest. This version has one: {@code direct}. */
final class Engines {

    /** May hold a root file system, but not for the engine of this version. */
    private static final Set<String> OTHER_SYSTEMS =
            Set.of("xfs", "btrfs", "ntfs", "f2fs", "LVM2_member", "crypto_LUKS", "linux_raid_member", "zfs_member");

    private Engines() {}

    /**
     * Refuses the engine that this version does not have.
     *
     * @throws ImageException UNSUPPORTED
     */
    static void requireDirect(String engine) {
        if (engine.equals("libguestfs")) {
            throw ImageException.of(
                    ImageException.Kind.UNSUPPORTED,
                    "Cannot use engine libguestfs",
                    "this version has the engine direct only, for ext2, ext3 and ext4 on plain partitions",
                    "Set engine: direct or leave it out.");
        }
    }

    /** Of a medium without any ext2/3/4: where the guest may be on what the engine cannot read. */
    static Optional<Recognition.Unsupported> unreadable(List<Volume> volumes) {
        return volumes.stream()
                .filter(volume -> OTHER_SYSTEMS.contains(volume.type()))
                .findFirst()
                .map(volume -> unserved(volume, "may hold the guest"));
    }

    /**
     * The mounts that the engine works on. FAT, an EFI system partition as a rule, stays untouched.
     *
     * @param warnings told of what is left as it is
     */
    static Medium served(List<Mount> mounts, List<Volume> volumes, Consumer<String> warnings) {
        Map<Integer, Volume> byNumber =
                volumes.stream().collect(Collectors.toMap(Volume::partition, Function.identity()));
        for (Mount mount : mounts) {
            Volume volume = byNumber.get(mount.partition());
            if (volume != null && !volume.isExt() && !volume.type().equals("vfat")) {
                return new Medium.Unsupported(unserved(volume, "holds " + mount.point() + " of the guest"));
            }
        }
        mounts.stream()
                .filter(mount -> byNumber.containsKey(mount.partition())
                        && !byNumber.get(mount.partition()).isExt())
                .forEach(mount -> warnings.accept(mount.point() + " (partition " + mount.partition()
                        + ", vfat) is left as it is: the engine direct changes no files on FAT. Boot loader files there"
                        + " keep their command lines."));
        volumes.stream()
                .filter(volume -> OTHER_SYSTEMS.contains(volume.type()))
                .forEach(
                        volume -> warnings.accept(
                                "Partition " + volume.partition() + " (" + volume.type()
                                        + ") is not looked at: the engine direct cannot read it. All that it holds stays in the image."));
        return new Medium.Served(mounts.stream()
                .filter(mount -> byNumber.containsKey(mount.partition())
                        && byNumber.get(mount.partition()).isExt())
                .toList());
    }

    private static Recognition.Unsupported unserved(Volume volume, String role) {
        String type = volume.type().isEmpty() ? "an unknown file system" : volume.type();
        return new Recognition.Unsupported(
                "The engine direct cannot serve this guest",
                "partition " + volume.partition() + ", which " + role + ", is " + type
                        + ", and this version serves ext2, ext3 and ext4 only");
    }
}
