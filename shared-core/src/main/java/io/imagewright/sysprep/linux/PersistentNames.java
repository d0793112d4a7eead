package io.imagewright.sysprep.linux;

import java.util.List;
import java.util.Optional;

import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.DeviceNames;
import io.imagewright.guest.inspect.Facts;

/** Names of the medium's volumes that do not depend on the order in which a kernel finds disks. */
final class PersistentNames {

    private final Facts facts;

    PersistentNames(Facts facts) {
        this.facts = facts;
    }

    /** {@code UUID=...} of the volume that a kernel's name stands for, and inspection has found at the mount point otherwise. */
    Optional<String> uuid(String device, String mountPoint) {
        return volume(device, mountPoint).map(Volume::uuid).flatMap(uuid -> unique("UUID=", uuid));
    }

    /** {@code PARTUUID=...} of it, which a kernel understands without an initramfs. */
    Optional<String> partUuid(String device, String mountPoint) {
        return volume(device, mountPoint).map(Volume::partUuid).flatMap(uuid -> unique("PARTUUID=", uuid));
    }

    private Optional<Volume> volume(String device, String mountPoint) {
        Optional<Integer> number = mountPoint.startsWith("/")
                ? mounted(mountPoint).or(() -> DeviceNames.partition(device, facts.volumes()))
                : DeviceNames.partition(device, facts.volumes());
        return number.flatMap(partition -> facts.volumes().stream()
                .filter(volume -> volume.partition() == partition)
                .findFirst());
    }

    private Optional<Integer> mounted(String mountPoint) {
        List<String> names = List.of(mountPoint.split("/", -1));
        return names.contains("..")
                ? Optional.empty()
                : facts.mounts().stream()
                        .filter(mount -> mount.point().equals(GuestPath.of(mountPoint)))
                        .map(Mount::partition)
                        .findFirst();
    }

    /** A name that two volumes share, as copies of a partition do, is worse than the one that is there. */
    private Optional<String> unique(String tag, String value) {
        return Optional.of(tag + value)
                .filter(name -> !value.isEmpty()
                        && DeviceNames.partition(name, facts.volumes()).isPresent());
    }
}
