package io.imagewright.customise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.imagewright.error.ImageException;
import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.Inspector;

/**
 * What {@link GrowRoot} will find at the end of the disk that holds the root file system.
 *
 * @param mount of the guest, in the last partition
 * @param layers what lies between the partition and the file system, outermost first: types as of {@link Volume}
 * @param type of the file system
 * @param table the kind of the partition table
 */
record GrownVolume(Mount mount, List<String> layers, String type, String table) {

    private static final List<GuestPath> DIRECTORIES = Stream.of(
                    "/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin")
            .map(GuestPath::of)
            .toList();

    /** What makes a file system fill its device while it is mounted, and the package that has it. */
    private static final Map<String, String> RESIZERS = Map.of(
            "ext2", "resize2fs of e2fsprogs",
            "ext3", "resize2fs of e2fsprogs",
            "ext4", "resize2fs of e2fsprogs",
            "xfs", "xfs_growfs of xfsprogs",
            "btrfs", "btrfs of btrfs-progs");

    /** What needs no quoting in a unit, in a script and in /proc/self/mountinfo. */
    private static final Pattern MOUNT_POINT = Pattern.compile("[A-Za-z0-9/._+-]+");

    private static final List<String> GPT_EDITORS = List.of("sfdisk", "sgdisk", "parted", "systemd-repart");

    /**
     * Looks for it.
     *
     * @param facts of the disk as it will be, without what shrinking takes away
     * @throws ImageException when what is last is nothing that the guest mounts, or swap, which would have to move
     */
    static GrownVolume of(Facts facts) {
        int root = Inspector.partition(facts.mounts().get(0).partition(), facts.volumes());
        int last = facts.volumes().stream()
                .filter(volume -> !volume.isInside() && Volume.disk(volume.partition()) == Volume.disk(root))
                .max(Comparator.comparingLong(Volume::offset))
                .map(Volume::partition)
                .orElse(root);
        Mount mount = facts.mounts().stream()
                .filter(candidate -> Inspector.partition(candidate.partition(), facts.volumes()) == last)
                // the volume group that is grown is the root's
                .filter(candidate -> last == root || isPlain(candidate, last, facts))
                .findFirst()
                .orElseThrow(() -> Target.refused(
                        "the last partition of the disk, " + Volume.name(last)
                                + (isSwap(last, facts) ? ", is swap" : ", holds no file system that the guest mounts"),
                        "Leave growRoot out, or take a medium whose last partition is the one to grow"
                                + (isSwap(last, facts) ? "; shrink removes swap at the end." : ".")));
        List<String> layers = new ArrayList<>();
        Optional<Volume> at = volume(facts, mount.partition());
        String type = at.map(Volume::type).orElse("");
        while (at.isPresent()
                && at.get().isInside()
                && layers.size() < facts.volumes().size()) {
            boolean subvolume = !at.get().subvolume().isEmpty();
            at = volume(facts, at.get().within());
            if (!subvolume) {
                at.ifPresent(holder -> layers.add(0, holder.type()));
            }
        }
        return new GrownVolume(mount, layers, type, facts.properties().getOrDefault("PARTITION_TABLE", "none"));
    }

    private static boolean isSwap(int partition, Facts facts) {
        return volume(facts, partition).filter(Volume::isSwap).isPresent();
    }

    /** Whether a mount is of a partition's own file system, be it a sub-volume of it. */
    private static boolean isPlain(Mount mount, int partition, Facts facts) {
        return mount.partition() == partition
                || volume(facts, mount.partition())
                        .filter(volume -> !volume.subvolume().isEmpty() && volume.within() == partition)
                        .isPresent();
    }

    private static Optional<Volume> volume(Facts facts, int number) {
        return facts.volumes().stream()
                .filter(volume -> volume.partition() == number)
                .findFirst();
    }

    /**
     * Refuses a guest in which it could not grow.
     *
     * @throws ImageException naming what to install
     */
    void requireTools(Target target) {
        if (!MOUNT_POINT.matcher(mount.point().toString()).matches()) {
            throw Target.refused(
                    "the last partition of the disk is mounted on " + mount.point()
                            + ", a name with other characters than letters, digits and . _ + -",
                    "Leave growRoot out, or mount it elsewhere.");
        }
        layers.stream()
                .filter(layer -> !layer.equals("LVM2_member"))
                .findFirst()
                .ifPresent(layer -> {
                    throw Target.refused(
                            mount.point() + " lies in " + (layer.isEmpty() ? "a volume of unknown kind" : layer)
                                    + ", which growRoot cannot grow",
                            Message.of("Grow it at deployment, and set ", SettingName.MINIMUM_FREE, "."));
                });
        if (table.equals("gpt") && GPT_EDITORS.stream().noneMatch(editor -> has(target, editor))) {
            throw missing(
                    "none of " + String.join(", ", GPT_EDITORS) + ", one of which changes a GPT",
                    "fdisk or util-linux");
        }
        if (!layers.isEmpty() && !has(target, "lvm")) {
            throw missing("no program lvm", "lvm2");
        }
        String resizer = RESIZERS.get(type);
        if (resizer == null) {
            throw Target.refused(
                    mount.point() + " is a file system of type " + (type.isEmpty() ? "unknown" : type)
                            + ", which growRoot cannot grow",
                    Message.of("Grow it at deployment, and set ", SettingName.MINIMUM_FREE, "."));
        }
        String[] words = resizer.split(" of ", 2);
        if (!has(target, words[0])) {
            throw missing("no program " + words[0] + " for the " + type + " on " + mount.point(), words[1]);
        }
    }

    private static boolean has(Target target, String program) {
        return DIRECTORIES.stream().anyMatch(directory -> target.isFile(directory.child(program)));
    }

    private static ImageException missing(String what, String packages) {
        return Target.refused("the guest has " + what, "Install the package " + packages + " in the guest.");
    }
}
