package io.imagewright.sysprep.linux;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.DeviceNames;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.Fstab;

/**
 * The swap that leaves a guest: by the names that fstab has for it, and by what else its partitions are called. A {@code resume=} names the file system that
 * holds a swap file, and {@code resume_offset=} the file's first block there (the kernel's {@code power/swsusp-and-swap-files}).
 *
 * @param holders numbers of the volumes that the removed swap files lie on
 */
record RemovedSwap(Facts facts, Set<String> devices, Set<Integer> holders) {

    /** Whether a line is for swap on a disk; zram is memory. */
    static boolean isOne(Fstab.Entry entry) {
        return entry.isSwap() && !entry.device().startsWith("/dev/zram");
    }

    /** Whether a line is for a swap file. */
    static boolean isFile(Fstab.Entry entry) {
        String path = entry.device();
        boolean plain = path.startsWith("/") && !path.contains("/..") && path.indexOf('\0') < 0;
        return isOne(entry) && plain && !path.startsWith("/dev/");
    }

    static RemovedSwap of(Facts facts, Fstab fstab) {
        return new RemovedSwap(
                facts,
                fstab.entries().stream()
                        .filter(RemovedSwap::isOne)
                        .map(Fstab.Entry::device)
                        .collect(Collectors.toUnmodifiableSet()),
                fstab.entries().stream()
                        .filter(RemovedSwap::isFile)
                        .flatMap(entry -> holder(facts, GuestPath.of(entry.device())).stream())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    private static Optional<Integer> holder(Facts facts, GuestPath file) {
        return facts.mounts().stream()
                .filter(mount -> file.startsWith(mount.point()))
                .max(Comparator.comparingInt(mount -> mount.point().depth()))
                .map(Mount::partition);
    }

    boolean isEmpty() {
        return devices.isEmpty() && facts.volumes().stream().noneMatch(Volume::isSwap);
    }

    /** Whether a device, as a {@code resume=} names it, is one of them. */
    boolean includes(String device) {
        Optional<Integer> partition = DeviceNames.partition(device, facts.volumes());
        return devices.contains(device)
                || holdsFile(partition)
                || facts.volumes().stream()
                        .filter(Volume::isSwap)
                        .anyMatch(swap -> partition.equals(Optional.of(swap.partition())))
                || (partition.isPresent()
                        && devices.stream()
                                .anyMatch(removed -> DeviceNames.partition(removed, facts.volumes())
                                        .equals(partition)));
    }

    /** A sub-volume of btrfs has no name of its own here: its file system has. */
    private boolean holdsFile(Optional<Integer> partition) {
        return facts.volumes().stream()
                .filter(volume -> holders.contains(volume.partition()))
                .anyMatch(holder -> partition.isPresent()
                        && (partition.get() == holder.partition() || partition.get() == holder.within()));
    }
}
