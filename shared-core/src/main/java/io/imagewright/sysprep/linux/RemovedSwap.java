package io.imagewright.sysprep.linux;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.imagewright.guest.DeviceNames;
import io.imagewright.guest.Facts;
import io.imagewright.guest.Fstab;

/** The swap partitions whose lines leave fstab: by the names used there, and by what else they are called. */
record RemovedSwap(Facts facts, Set<String> devices) {

    /**
     * Whether a line is for a swap partition. Swap files, which are paths outside of /dev, stay: they are part of the image; so does zram,
     * which is memory.
     */
    static boolean isOne(Fstab.Entry entry) {
        boolean file = entry.device().startsWith("/") && !entry.device().startsWith("/dev/");
        return entry.isSwap() && !file && !entry.device().startsWith("/dev/zram");
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
        return devices.isEmpty();
    }

    /** Whether a device, as a {@code resume=} names it, is one of them. */
    boolean includes(String device) {
        Optional<Integer> partition = DeviceNames.partition(device, facts.volumes());
        return devices.contains(device)
                || (partition.isPresent()
                        && devices.stream()
                                .anyMatch(removed -> DeviceNames.partition(removed, facts.volumes())
                                        .equals(partition)));
    }
}
