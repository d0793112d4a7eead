package io.imagewright.job;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Engine;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.direct.DirectEngine;
import io.imagewright.guest.inspect.Recognition;
import io.imagewright.guest.libguestfs.LibguestfsEngine;
import io.imagewright.spec.ImageDescription.EngineChoice;
import io.imagewright.sysprep.linux.MachineIdParameter;

/** Which engine serves a guest, and which of the guest's file systems. */
final class Engines {

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

    private Engines() {}

    /**
     * Why the engine libguestfs is to serve these disks; empty when direct is.
     *
     * @param job with the user's choice
     * @param mounting why the guest must be mounted; empty when it need not
     * @param disks the sources, which are only looked at
     * @throws ImageException DESCRIPTION when direct is asked for and the guest must be mounted; UNSUPPORTED when it is asked for and cannot edit
     *     a file system
     */
    static Optional<String> libguestfsReason(
            GuestJob job, Optional<String> mounting, WorkingDisks disks, DirectEngine direct) {
        EngineChoice choice = job.description().engine();
        if (choice == EngineChoice.LIBGUESTFS) {
            return Optional.of("it is asked for");
        }
        if (mounting.isPresent() && choice == EngineChoice.DIRECT) {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "The engine direct cannot do what is asked for",
                    mounting.get() + ", and direct mounts nothing",
                    "Set engine: auto or engine: libguestfs.");
        }
        if (mounting.isPresent()) {
            return mounting;
        }
        if (choice == EngineChoice.DIRECT) {
            exts(disks).map(volume -> disks.file(volume.partition())).forEach(DirectEngine::requireEditable);
            return Optional.empty();
        }
        Optional<String> feature = exts(disks)
                .flatMap(volume -> DirectEngine.featureOfOtherEngine(disks.file(volume.partition())).stream()
                        .map(name -> volume.describe() + " uses the feature " + name
                                + ", which the engine direct does not serve"))
                .findFirst();
        if (feature.isPresent()) {
            return feature;
        }
        if (job.prepares() && LibguestfsEngine.isInstalled()) {
            Optional<String> parameter = machineIdOnFat(disks);
            if (parameter.isPresent()) {
                return parameter;
            }
        }
        Optional<Volume> other = disks.volumes().stream()
                .filter(volume -> OTHER_SYSTEMS.contains(volume.type()))
                .findFirst();
        boolean asItIs = job.description().allowUnsupported()
                && other.filter(volume -> READ_ONLY.contains(volume.type())).isPresent()
                && !LibguestfsEngine.isInstalled();
        return other.isEmpty() || asItIs || directServes(disks, direct)
                ? Optional.empty()
                : Optional.of(other.get().describe() + " is " + other.get().type()
                        + ", and the engine direct serves ext2, ext3 and ext4 only");
    }

    /** Loader entries on an EFI system partition are edited where something can. */
    private static Optional<String> machineIdOnFat(WorkingDisks disks) {
        return disks.volumes().stream()
                .filter(volume -> volume.type().equals("vfat"))
                .filter(volume -> MachineIdParameter.isIn(texts -> isIn(texts, volume, disks.file(volume.partition()))))
                .findFirst()
                .map(volume -> volume.describe()
                        + " (vfat) holds a kernel command line with systemd.machine_id=, and the engine direct changes"
                        + " no files on FAT");
    }

    /** What is damaged stays as it is. */
    private static boolean isIn(Set<String> texts, Volume volume, VolumeFile file) {
        try {
            return !DiskMediumContext.find(volume, file, texts).isEmpty();
        } catch (IOException | ImageException unreadable) {
            return false;
        }
    }

    private static Stream<Volume> exts(WorkingDisks disks) {
        return disks.volumes().stream().filter(Volume::isExt);
    }

    /** A damaged disk is direct's to refuse or to repair. */
    private static boolean directServes(WorkingDisks disks, DirectEngine direct) {
        try (DirectTrees trees = new DirectTrees(disks, direct)) {
            return new GuestFinder(disks, trees).find(ignored -> {}) instanceof Medium.Served;
        } catch (ImageException damaged) {
            if (damaged.kind() != ImageException.Kind.SOURCE) {
                throw damaged;
            }
            return true;
        }
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
        return engine instanceof DirectTrees
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
                        + ") is left as it is: the engine " + engine.name()
                        + " reads it, but does not write it. All that it holds stays in the image."));
        mounts.stream()
                .filter(mount -> !readable.contains(mount.partition()))
                .forEach(mount -> warnings.accept(
                        mount.point() + " (" + Volume.name(mount.partition()) + ", vfat) is left as it is: the engine "
                                + engine.name() + " changes no files on FAT. Boot loader files there"
                                + " keep their command lines."));
        Set<Integer> opened = engine.opened();
        volumes.stream()
                .filter(volume -> OTHER_SYSTEMS.contains(volume.type())
                        && !readable.contains(volume.partition())
                        && !opened.contains(volume.partition()))
                .forEach(volume -> warnings.accept(volume.title() + " (" + volume.type()
                        + ") is not looked at: the engine " + engine.name()
                        + " cannot read it. All that it holds stays in the image."));
        return new Medium.Served(mounts.stream()
                .filter(mount -> readable.contains(mount.partition()) && !readOnly.contains(mount.partition()))
                .toList());
    }

    private static Recognition.Unsupported unserved(Volume volume, String role, Engine engine) {
        String type = volume.type().isEmpty() ? "an unknown file system" : volume.type();
        return new Recognition.Unsupported(
                "The engine " + engine.name() + " cannot serve this guest",
                volume.describe() + ", which " + role + ", is " + type
                        + (engine instanceof DirectTrees
                                ? ", and direct serves ext2, ext3 and ext4 only; the engine libguestfs (engine: auto)"
                                        + " serves more"
                                : volume.type().equals("crypto_LUKS")
                                        ? ", and none of the passphrases that were given opens it"
                                        : ", which it cannot read"));
    }
}
