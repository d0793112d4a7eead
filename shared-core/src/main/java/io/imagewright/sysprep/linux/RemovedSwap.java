package io.imagewright.sysprep.linux;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.imagewright.guest.DeviceNames;
import io.imagewright.guest.Facts;
import io.imagewright.guest.Fstab;
import io.imagewright.guest.Volume;

/** The swap that leaves a guest: by the names that fstab has for it, and by what else its partitions are called. */
record RemovedSwap(Facts facts, Set<String> devices) {

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
                        .collect(Collectors.toUnmodifiableSet()));
    }

    boolean isEmpty() {
        return devices.isEmpty() && facts.volumes().stream().noneMatch(Volume::isSwap);
    }

    /** Whether a device, as a {@code resume=} names it, is one of them. */
    boolean includes(String device) {
        Optional<Integer> partition = DeviceNames.partition(device, facts.volumes());
        return devices.contains(device)
                || facts.volumes().stream()
                        .filter(Volume::isSwap)
                        .anyMatch(swap -> partition.equals(Optional.of(swap.partition())))
                || (partition.isPresent()
                        && devices.stream()
                                .anyMatch(removed -> DeviceNames.partition(removed, facts.volumes())
                                        .equals(partition)));
    }
}
