package io.imagewright.guest.libguestfs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.imagewright.guest.Engine;
import io.imagewright.guest.Guest;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.VolumeFile;

/**
 * The engine for every file system that Linux can mount: one appliance works on all volumes of a disk, from its start until {@link #close}.
 * Not thread-safe.
 */
public final class LibguestfsEngine implements Engine {

    private final Appliance appliance;
    private final List<Volume> volumes;
    private final VolumeMounts mounts;
    private final long now;

    private LibguestfsEngine(Appliance appliance, List<Volume> volumes, VolumeMounts mounts, long now) {
        this.appliance = appliance;
        this.volumes = volumes;
        this.mounts = mounts;
        this.now = now;
    }

    /**
     * Starts an appliance with these volumes.
     *
     * @param files where each volume's bytes are, by its number
     * @param copies numbers of those that are working copies, alone in their files; nothing is written to the others
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
            Path directory,
            long now,
            LaunchListener listener) {
        Map<Path, Drive> drives = new TreeMap<>();
        Map<Integer, VolumeMounts.Device> devices = new HashMap<>();
        Script attach = new Script().line("date -u -s @" + now + " > /dev/null");
        for (Volume volume : volumes) {
            VolumeFile file = files.get(volume.partition());
            if (file == null) {
                continue;
            }
            boolean copy = copies.contains(volume.partition());
            Drive drive =
                    drives.computeIfAbsent(file.file(), path -> new Drive(path, !copy, Drive.label(drives.size())));
            String device = drive.device();
            if (!copy) {
                // the partition alone, by our own reading of the table
                device = "/dev/volume" + volume.partition();
                attach.line("loop=$(losetup --show -f --offset " + file.offset() + " --sizelimit " + volume.length()
                        + " " + drive.device() + ") && ln -s $loop " + device);
            }
            devices.put(volume.partition(), new VolumeMounts.Device(device, volume.type(), file.subject()));
        }
        Appliance appliance = Appliance.launch(
                GuestfsFiles.find(System.getenv()),
                settings,
                accelerator,
                new ArrayList<>(drives.values()),
                directory,
                listener);
        LibguestfsEngine engine =
                new LibguestfsEngine(appliance, List.copyOf(volumes), new VolumeMounts(appliance, devices), now);
        try {
            appliance.run(attach);
            return engine;
        } catch (GuestfsFailure failure) {
            engine.close();
            throw LaunchProblem.explain(failure);
        }
    }

    @Override
    public String name() {
        return "libguestfs";
    }

    @Override
    public Set<Integer> readable() {
        return volumes.stream()
                .filter(VolumeMounts::canMount)
                .map(Volume::partition)
                .collect(Collectors.toSet());
    }

    @Override
    public Guest open(List<Mount> guest, boolean writable) {
        Map<GuestPath, Integer> numbers = new HashMap<>();
        guest.forEach(mount -> numbers.put(mount.point(), mount.partition()));
        return new LibguestfsGuest(appliance, mounts, new MountedVolumes(numbers), writable, now);
    }

    /** Writes everything back and ends the appliance. */
    @Override
    public void close() {
        appliance.close();
    }
}
