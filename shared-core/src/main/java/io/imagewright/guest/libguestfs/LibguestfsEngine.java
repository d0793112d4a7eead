package io.imagewright.guest.libguestfs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.imagewright.api.ApplianceSettings;
import io.imagewright.error.ImageException;
import io.imagewright.exec.Accelerator;
import io.imagewright.guest.Engine;
import io.imagewright.guest.EngineTraits;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;
import io.imagewright.guest.VolumeGroup;
import io.imagewright.guest.VolumeWork;

/**
 * The engine for every file system that Linux can mount: one appliance works on all volumes of a disk, from its start until {@link #close}.
 * Not thread-safe.
 */
public final class LibguestfsEngine implements Engine {

    /** What this engine can do. */
    public static final EngineTraits TRAITS = new EngineTraits("libguestfs", true, VolumeShrinker.TYPES);

    private final Appliance appliance;
    private final List<Volume> volumes;
    private final List<VolumeGroup> groups;
    private final Map<Integer, VolumeMounts.Device> devices;
    private final VolumeMounts mounts;
    private final Set<Integer> holders;
    private final Set<Integer> copies;
    private final long now;

    private LibguestfsEngine(Appliance appliance, BlockDevices found, Set<Integer> copies, long now) {
        this.appliance = appliance;
        this.volumes = found.volumes();
        this.groups = found.groups();
        this.devices = found.devices();
        this.mounts = new VolumeMounts(appliance, devices);
        this.holders = found.holders();
        this.copies = Set.copyOf(copies);
        this.now = now;
    }

    /** Whether its Java classes and its native library are on this machine. */
    public static boolean isInstalled() {
        try {
            GuestfsFiles.find(System.getenv());
            return true;
        } catch (ImageException missing) {
            return false;
        }
    }

    /**
     * Starts an appliance with these volumes.
     *
     * @param files where each volume's bytes are, by its number
     * @param copies numbers of those that are working copies, alone in their files; nothing is written to the others
     * @param luksKeys passphrases, each tried on each container; one that none opens stays closed
     * @param directory for files that live as long as the appliance
     * @param now seconds since the epoch, used where something is dated
     * @throws io.imagewright.error.ImageException ENVIRONMENT saying what to install, or that it took too long
     */
    public static LibguestfsEngine start(
            ApplianceSettings settings,
            Accelerator accelerator,
            List<Volume> volumes,
            Map<Integer, VolumeFile> files,
            Set<Integer> copies,
            List<String> luksKeys,
            Path directory,
            long now,
            LaunchListener listener) {
        Map<Path, Drive> drives = new LinkedHashMap<>(); // the appliance numbers them as the guest does
        Map<Integer, VolumeMounts.Device> devices = new HashMap<>();
        BashScript attach = new BashScript().line("date -u -s @" + now + " > /dev/null");
        if (volumes.stream().anyMatch(BlockDevices::isHolder)) {
            // the appliance takes up what it finds when it starts
            attach.line("lvm vgchange -qq -a n > /dev/null 2>&1 || :; mdadm --stop --scan 2> /dev/null || :");
        }
        for (Volume volume : volumes) {
            VolumeFile file = files.get(volume.partition());
            if (file == null || !(VolumeMounts.canMount(volume) || BlockDevices.isHolder(volume))) {
                continue; // swap, and what nobody knows
            }
            boolean copy = copies.contains(volume.partition());
            Drive drive =
                    drives.computeIfAbsent(file.file(), path -> new Drive(path, !copy, Drive.label(drives.size())));
            String device = drive.device();
            if (needsLoop(volume, copy)) {
                // the partition alone, by our own reading of the table and not by the appliance's; a journal is
                // replayed there, into libguestfs' own overlay of a drive that is only read
                String protection = volume.isInside() || VolumeMounts.isReadOnly(volume) ? "-r " : "";
                device = "/dev/volume" + volume.partition();
                attach.line("partx -d $(readlink -f " + drive.device() + ") 2> /dev/null || :")
                        .line("loop=$(losetup " + protection + "--show -f --offset " + file.offset() + " --sizelimit "
                                + volume.length() + " " + drive.device() + ") && ln -s $loop " + device);
            }
            devices.put(volume.partition(), new VolumeMounts.Device(device, volume.type(), "", file.subject()));
        }
        Appliance appliance = Appliance.launch(
                GuestfsFiles.find(System.getenv()),
                settings,
                accelerator,
                new ArrayList<>(drives.values()),
                directory,
                listener);
        try {
            appliance.run(attach);
            BlockDevices found = BlockDevices.find(
                    appliance,
                    volumes,
                    devices,
                    luksKeys.stream()
                            .map(key -> key.getBytes(StandardCharsets.UTF_8))
                            .toList());
            return new LibguestfsEngine(appliance, found, copies, now);
        } catch (GuestfsFailure failure) {
            appliance.close();
            throw LaunchProblem.explain(failure);
        } catch (ImageException failure) {
            appliance.close();
            throw failure;
        }
    }

    /**
     * Whether a volume is not reached by its drive itself. One that fills a drive which is only read needs none: LVM would find the same twice.
     */
    private static boolean needsLoop(Volume volume, boolean copy) {
        boolean whole = !volume.isInside() && Volume.onDisk(volume.partition()) == 0;
        return volume.isInside() || VolumeMounts.isReadOnly(volume) || (!copy && !whole);
    }

    @Override
    public EngineTraits traits() {
        return TRAITS;
    }

    @Override
    public List<Volume> volumes() {
        return volumes;
    }

    @Override
    public Set<Integer> opened() {
        Set<Integer> opened = new HashSet<>(Engine.super.opened());
        opened.addAll(holders);
        return opened;
    }

    @Override
    public Set<Integer> readable() {
        return volumes.stream()
                .filter(VolumeMounts::canMount)
                .map(Volume::partition)
                .collect(Collectors.toSet());
    }

    @Override
    public Set<Integer> readOnly() {
        return volumes.stream()
                .filter(VolumeMounts::isReadOnly)
                .map(Volume::partition)
                .collect(Collectors.toSet());
    }

    @Override
    public Guest open(List<Mount> guest, boolean writable) {
        Map<GuestPath, Integer> numbers = new HashMap<>();
        guest.forEach(mount -> numbers.put(mount.point(), mount.partition()));
        return new LibguestfsGuest(appliance, mounts, new MountedVolumes(numbers), writable, now);
    }

    @Override
    public List<VolumeGroup> groups() {
        return groups;
    }

    @Override
    public Optional<VolumeWork> volumeWork() {
        return Optional.of(new ApplianceVolumeWork(appliance, mounts, volumes, groups, devices, copies));
    }

    /** Writes everything back and ends the appliance. */
    @Override
    public void close() {
        appliance.close();
    }
}
