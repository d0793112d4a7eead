package io.imagewright.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.Engine;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.Recognition;

/** Which of a guest's file systems an engine serves. */
final class ServedMounts {

    /** May hold a root file system, but not for the engine direct. */
    private static final Set<String> OTHER_SYSTEMS = Set.of(
            "xfs",
            "btrfs",
            "ntfs",
            "f2fs",
            "LVM2_member",
            "crypto_LUKS",
            "linux_raid_member",
            "zfs_member",
            Volume.UFS,
            BsdVolumes.LABEL);

    /** Of guests that can be inspected at best: without libguestfs they are taken as they are, where that is allowed. */
    private static final Set<String> READ_ONLY = Set.of(Volume.UFS, BsdVolumes.LABEL);

    private ServedMounts() {}

    /** Whether a volume may hold a root file system, but not for the engine direct. */
    static boolean isOtherSystem(Volume volume) {
        return OTHER_SYSTEMS.contains(volume.type());
    }

    /** Whether a guest on it can be inspected at best. */
    static boolean isReadOnly(Volume volume) {
        return READ_ONLY.contains(volume.type());
    }

    /** Of a medium without any file system that the engine reads: where the guest may be all the same. */
    static Optional<Recognition.Unsupported> unreadable(List<Volume> volumes, Engine engine) {
        Set<Integer> opened = engine.opened();
        return volumes.stream()
                .filter(volume -> OTHER_SYSTEMS.contains(volume.type()) && !opened.contains(volume.partition()))
                .findFirst()
                .map(volume -> unserved(volume, "may hold the guest", engine));
    }

    /** Of a medium on which no guest is found: a LUKS container that may hold it, and that no passphrase opened. */
    static Optional<Recognition.Unsupported> closedContainer(Engine engine) {
        return !engine.traits().mounts()
                ? Optional.empty()
                : unreadable(
                                engine.volumes().stream()
                                        .filter(volume -> !volume.type().equals("LVM2_member")
                                                && !volume.type().equals("linux_raid_member"))
                                        .toList(),
                                engine)
                        .filter(reason -> reason.detail().contains("crypto_LUKS"));
    }

    /**
     * The mounts that the engine works on. FAT, an EFI system partition as a rule, stays untouched by an engine that cannot read it.
     *
     * @param warnings receives what is left as it is
     */
    static Medium served(List<Mount> mounts, Engine engine, Consumer<String> warnings) {
        List<Volume> volumes = engine.volumes();
        Map<Integer, Volume> byNumber =
                volumes.stream().collect(Collectors.toMap(Volume::partition, Function.identity()));
        Set<Integer> readable = engine.readable();
        for (Mount mount : mounts) {
            Volume volume = byNumber.get(mount.partition());
            if (volume != null
                    && !readable.contains(mount.partition())
                    && !volume.type().equals("vfat")) {
                return new Medium.Unsupported(unserved(volume, "holds " + mount.point() + " of the guest", engine));
            }
        }
        Set<Integer> readOnly = engine.readOnly();
        if (readOnly.contains(mounts.get(0).partition())) {
            return new Medium.ReadOnly(mounts.stream()
                    .filter(mount -> readable.contains(mount.partition()))
                    .toList());
        }
        volumes.stream()
                .filter(volume -> readOnly.contains(volume.partition()))
                .forEach(volume -> warnings.accept(volume.title() + " (" + volume.type()
                        + ") is left as it is: the engine " + engine.traits().name()
                        + " reads it, but does not write it. All that it holds stays in the image."));
        mounts.stream()
                .filter(mount -> !readable.contains(mount.partition()))
                .forEach(mount -> warnings.accept(
                        mount.point() + " (" + Volume.name(mount.partition()) + ", vfat) is left as it is: the engine "
                                + engine.traits().name() + " changes no files on FAT. Boot loader files there"
                                + " keep their command lines."));
        Set<Integer> opened = engine.opened();
        volumes.stream()
                .filter(volume -> OTHER_SYSTEMS.contains(volume.type())
                        && !readable.contains(volume.partition())
                        && !opened.contains(volume.partition()))
                .forEach(volume -> warnings.accept(volume.title() + " (" + volume.type()
                        + ") is not looked at: the engine " + engine.traits().name()
                        + " cannot read it. All that it holds stays in the image."));
        return new Medium.Served(mounts.stream()
                .filter(mount -> readable.contains(mount.partition()) && !readOnly.contains(mount.partition()))
                .toList());
    }

    private static Recognition.Unsupported unserved(Volume volume, String role, Engine engine) {
        String type = volume.type().isEmpty() ? "an unknown file system" : volume.type();
        String reason = "The engine " + engine.traits().name() + " cannot serve this guest";
        String detail = volume.describe() + ", which " + role + ", is " + type;
        if (!engine.traits().mounts()) {
            return new Recognition.Unsupported(
                    reason,
                    detail + ", and direct serves ext2, ext3 and ext4 only",
                    Message.of(
                            "Set ",
                            SettingName.ENGINE.to("auto"),
                            ", as the engine libguestfs serves more, or ",
                            SettingName.ALLOW_UNSUPPORTED.to("true"),
                            " to take the medium as it is, without sysprep and shrink."));
        }
        return new Recognition.Unsupported(
                reason,
                detail
                        + (volume.type().equals("crypto_LUKS")
                                ? ", and none of the passphrases that were given opens it"
                                : ", which it cannot read"));
    }
}
