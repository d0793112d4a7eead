package io.imagewright.job;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.EngineTraits;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.direct.DirectEngine;
import io.imagewright.guest.direct.ExtTools;
import io.imagewright.guest.libguestfs.LibguestfsEngine;
import io.imagewright.sysprep.linux.MachineIdParameter;

/**
 * Which engine serves a job.
 *
 * @param traits what it can do
 * @param reason why it serves
 */
record EngineSelection(EngineTraits traits, EngineReason reason) {

    /**
     * Chooses.
     *
     * @param job with the user's choice
     * @param mounting why the guest must be mounted; empty when it need not
     * @param disks the sources, which are only looked at
     * @throws ImageException DESCRIPTION when direct is asked for and the guest must be mounted; UNSUPPORTED when it is asked for and cannot edit
     *     a file system
     */
    static EngineSelection of(GuestJob job, Optional<String> mounting, WorkingDisks disks, ExtTools tools) {
        return switch (job.description().engine()) {
            case LIBGUESTFS -> new EngineSelection(LibguestfsEngine.TRAITS, new EngineReason.AskedFor());
            case DIRECT -> {
                requireDirect(mounting, disks);
                yield new EngineSelection(DirectEngine.TRAITS, new EngineReason.AskedFor());
            }
            case AUTO ->
                Rules.of(job, mounting, disks, tools)
                        .map(reason -> new EngineSelection(LibguestfsEngine.TRAITS, reason))
                        .orElseGet(() -> new EngineSelection(DirectEngine.TRAITS, new EngineReason.Suffices()));
        };
    }

    /** Whether it mounts the guest's file systems. */
    boolean mounts() {
        return traits.mounts();
    }

    private static void requireDirect(Optional<String> mounting, WorkingDisks disks) {
        mounting.ifPresent(need -> {
            throw ImageException.of(
                    ImageException.Kind.DESCRIPTION,
                    "The engine direct cannot do what is asked for",
                    need + ", and direct mounts nothing",
                    Message.of(
                            "Set ", SettingName.ENGINE.to("auto"), " or ", SettingName.ENGINE.to("libguestfs"), "."));
        });
        exts(disks).map(volume -> disks.file(volume.partition())).forEach(ExtTools::requireEditable);
    }

    private static Stream<Volume> exts(WorkingDisks disks) {
        return disks.volumes().stream().filter(Volume::isExt);
    }

    /** When {@code auto} takes libguestfs; the first reason counts. */
    private record Rules(GuestJob job, Optional<String> mounting, WorkingDisks disks, ExtTools tools) {

        static Optional<EngineReason> of(GuestJob job, Optional<String> mounting, WorkingDisks disks, ExtTools tools) {
            Rules rules = new Rules(job, mounting, disks, tools);
            return Stream.<Supplier<Optional<EngineReason>>>of(
                            rules::mount, rules::feature, rules::machineIdOnFat, rules::otherFileSystem)
                    .flatMap(rule -> rule.get().stream())
                    .findFirst();
        }

        private Optional<EngineReason> mount() {
            return mounting.map(EngineReason.NeedsMount::new);
        }

        private Optional<EngineReason> feature() {
            return exts(disks)
                    .flatMap(volume -> ExtTools.featureOfOtherEngine(disks.file(volume.partition())).stream()
                            .<EngineReason>map(name -> new EngineReason.Feature(volume, name)))
                    .findFirst();
        }

        /** Loader entries on an EFI system partition are edited where something can. */
        private Optional<EngineReason> machineIdOnFat() {
            if (!job.prepares() || !LibguestfsEngine.isInstalled()) {
                return Optional.empty();
            }
            return disks.volumes().stream()
                    .filter(volume -> volume.type().equals("vfat"))
                    .filter(volume ->
                            MachineIdParameter.isIn(texts -> isIn(texts, volume, disks.file(volume.partition()))))
                    .findFirst()
                    .map(EngineReason.MachineIdOnFat::new);
        }

        /** What is damaged stays as it is. */
        private static boolean isIn(Set<String> texts, Volume volume, VolumeFile file) {
            try {
                return !DiskMediumContext.find(volume, file, texts).isEmpty();
            } catch (IOException | ImageException unreadable) {
                return false;
            }
        }

        private Optional<EngineReason> otherFileSystem() {
            Optional<Volume> other =
                    disks.volumes().stream().filter(ServedMounts::isOtherSystem).findFirst();
            boolean asItIs = job.description().allowUnsupported()
                    && other.filter(ServedMounts::isReadOnly).isPresent()
                    && !LibguestfsEngine.isInstalled();
            return other.isEmpty() || asItIs || directServes()
                    ? Optional.empty()
                    : other.map(EngineReason.OtherFileSystem::new);
        }

        /** A damaged disk is direct's to refuse or to repair. */
        private boolean directServes() {
            try (DirectEngine direct = new DirectEngine(disks.volumes(), disks::file, tools)) {
                return new GuestFinder(disks, direct).find(ignored -> {}) instanceof Medium.Served;
            } catch (ImageException damaged) {
                if (damaged.kind() != ImageException.Kind.SOURCE) {
                    throw damaged;
                }
                return true;
            }
        }
    }
}
