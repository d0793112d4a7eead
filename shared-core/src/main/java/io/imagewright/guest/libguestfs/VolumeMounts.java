package io.imagewright.guest.libguestfs;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Volume;

/**
 * The file systems of a disk in the appliance: each is mounted in a directory of its own, so that no link of the guest decides what is
 * mounted where. Not thread-safe.
 */
final class VolumeMounts {

    private static final String COMMON = "noatime,nodev,nosuid,noexec";

    /**
     * By type: how mount(8) calls it, and the options that it needs; of several ways the first that the kernel takes. Chown and chmod do nothing where there are
     * no owners.
     */
    private static final Map<String, List<String>> MOUNTABLE = Map.of(
            "ext2",
            List.of("-t ext4 -o " + COMMON),
            "ext3",
            List.of("-t ext4 -o " + COMMON),
            "ext4",
            List.of("-t ext4 -o " + COMMON),
            "xfs",
            List.of("-t xfs -o nouuid," + COMMON),
            "btrfs",
            List.of("-t btrfs -o " + COMMON),
            "ntfs",
            List.of("-t ntfs-3g -o silent," + COMMON),
            "vfat",
            List.of("-t vfat -o quiet,iocharset=utf8,tz=UTC," + COMMON),
            // Linux does not find out itself which of its many kinds it is
            Volume.UFS,
            List.of("-t ufs -o ufstype=ufs2," + COMMON, "-t ufs -o ufstype=44bsd," + COMMON));

    /**
     * A file system that the appliance can reach.
     *
     * @param subvolume of btrfs; empty for the default, and of everything else
     * @param subject how to name it to the user
     */
    record Device(String path, String type, String subvolume, String subject) {

        private String mount(String way, String directory, boolean writable) {
            return "mount " + way + (writable ? ",rw" : ",ro")
                    + (subvolume.isEmpty() ? "" : "," + BashScript.word("subvol=" + subvolume)) + " " + path + " "
                    + directory;
        }
    }

    private final Appliance appliance;
    private final Map<Integer, Device> devices;

    /** What is mounted now, and whether for writing. */
    private final Map<Integer, Boolean> mounted = new TreeMap<>();

    private final Map<Integer, FileList> lists = new HashMap<>();
    private final SmallFiles.Kept contents = new SmallFiles.Kept();

    VolumeMounts(Appliance appliance, Map<Integer, Device> devices) {
        this.appliance = appliance;
        this.devices = Map.copyOf(devices);
    }

    static boolean canMount(Volume volume) {
        return MOUNTABLE.containsKey(volume.type());
    }

    /** Kernels of distributions read UFS only; those that write it may damage it. */
    static boolean isReadOnly(Volume volume) {
        return volume.isUfs();
    }

    /** Where a volume's files are while it is mounted. */
    static String directory(int number) {
        return "/v/" + number;
    }

    /**
     * Mounts a volume, if it is not; one that is mounted for reading only is mounted again when it is to be written.
     *
     * @throws ImageException SOURCE when the kernel refuses it
     */
    void mount(int number, boolean writable) {
        Boolean before = mounted.get(number);
        if (before != null && (before || !writable)) {
            return;
        }
        unmount(number);
        Device device = device(number);
        String directory = directory(number);
        if (writable && device.type().equals(Volume.UFS)) {
            throw new IllegalArgumentException(device.subject() + " is never written");
        }
        try {
            appliance.run(new BashScript()
                    .line("mkdir -p " + directory)
                    .line(MOUNTABLE.getOrDefault(device.type(), List.of()).stream()
                            .map(way -> device.mount(way, directory, writable))
                            .collect(Collectors.joining(" || ")))
                    // ntfs-3g takes a hibernated Windows for reading only, and says so to nobody
                    .line(writable ? "[ -w " + directory + " ]" : ":"));
        } catch (GuestfsFailure failure) {
            throw cannotMount(device, failure);
        }
        mounted.put(number, writable);
    }

    static ImageException cannotMount(Device device, GuestfsFailure failure) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot use " + device.subject(),
                "Linux cannot mount it: " + failure.getMessage(),
                "Check and repair it on a copy of the medium"
                        + (device.type().equals("ntfs") ? ", or shut Windows down wholly (shutdown /s /t 0)." : "."),
                failure);
    }

    /** Lets go of all volumes. */
    void unmountAll() {
        List.copyOf(mounted.keySet()).forEach(this::unmount);
    }

    /** Writes everything back and lets go of the volume. */
    void unmount(int number) {
        if (mounted.remove(number) != null) {
            appliance.run(new BashScript().line("umount " + directory(number)));
        }
    }

    /** Files of a mounted volume. */
    FileList files(int number) {
        return lists.computeIfAbsent(
                number,
                unread -> new FileList(
                        appliance, directory(number), device(number).subject()));
    }

    /** Contents of files of all volumes. */
    SmallFiles.Kept contents() {
        return contents;
    }

    /** The volume was changed: what is known of its files holds no more. */
    void changed(int number) {
        lists.remove(number);
        contents.clear();
    }

    private Device device(int number) {
        Device device = devices.get(number);
        if (device == null) {
            throw new IllegalArgumentException("no volume " + number);
        }
        return device;
    }
}
