package io.imagewright.guest.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;
import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;

/** Reads from the root file system's fstab where the other volumes belong. */
final class MountFinder {

    private static final String FSTAB = "/etc/fstab";

    /** Entries of an fstab that are looked at. */
    private static final int MAX_ENTRIES = 256;

    /** Without these a guest would be prepared wrongly, reference 1.4. */
    private static final Set<GuestPath> NEEDED =
            Set.of(GuestPath.of("/etc"), GuestPath.of("/root"), GuestPath.of("/home"), GuestPath.of("/var"));

    private static final Set<String> NO_FILE_SYSTEM =
            Set.of("swap", "LVM2_member", "crypto_LUKS", "linux_raid_member", "BSD_disklabel");

    /** An entry and the partition that it names, if it is there. */
    private record Wanted(Fstab.Entry entry, Optional<Integer> partition) {}

    private final GuestTree tree;
    private final int root;
    private final List<Volume> all;

    /** Those that hold a file system. */
    private final List<Volume> volumes;

    private final Consumer<String> warnings;
    private final Crypttab containers;

    MountFinder(GuestTree tree, int root, List<Volume> volumes, Consumer<String> warnings) {
        this.tree = tree;
        this.root = root;
        this.all = List.copyOf(volumes);
        this.volumes = volumes.stream()
                .filter(volume -> !NO_FILE_SYSTEM.contains(volume.type()))
                .toList();
        this.warnings = warnings;
        this.containers = Crypttab.of(new GuestFiles(tree, warnings));
    }

    List<Mount> find() {
        List<Mount> mounts = new ArrayList<>();
        mounts.add(new Mount(GuestPath.ROOT, root));
        Set<Integer> used = new HashSet<>(Set.of(root));
        wanted().forEach((point, wanted) -> {
            Fstab.Entry entry = wanted.entry();
            if (wanted.partition().isEmpty()) {
                missing(point, entry);
            } else if (used.add(wanted.partition().get())) {
                mounts.add(new Mount(point, wanted.partition().get()));
            } else {
                // two handles on one file system would overwrite each other
                ignored(entry, Volume.name(wanted.partition().get(), all) + " is mounted elsewhere already");
            }
        });
        return mounts;
    }

    /** What the fstab mounts where below the root, shorter paths first. */
    private Map<GuestPath, Wanted> wanted() {
        Map<GuestPath, Wanted> wanted =
                new TreeMap<>(Comparator.comparingInt(GuestPath::depth).thenComparing(Comparator.naturalOrder()));
        for (Fstab.Entry entry : entries()) {
            Optional<GuestPath> point = point(entry);
            Optional<Integer> partition = volume(entry);
            boolean optional = entry.hasOption("nofail") || entry.hasOption("noauto");
            if (point.isEmpty() || (partition.isEmpty() && optional)) {
                continue;
            }
            if (point.get().equals(GuestPath.ROOT)) {
                checkRoot(entry, partition);
                continue;
            }
            Wanted before = wanted.put(point.get(), new Wanted(entry, partition));
            if (before != null) {
                ignored(before.entry(), "a later line mounts something there, too");
            }
        }
        return wanted;
    }

    /** The volume that an entry mounts, of btrfs the sub-volume that its options name. */
    private Optional<Integer> volume(Fstab.Entry entry) {
        Optional<Integer> whole =
                DeviceNames.partition(entry.device(), volumes).or(() -> containers.volume(entry.device(), all));
        Optional<String> subvolume = entry.options().stream()
                .filter(option -> option.startsWith("subvol="))
                .map(option -> option.substring("subvol=".length()).replaceFirst("^/+", ""))
                .filter(path -> !path.isEmpty())
                .findFirst();
        return subvolume.isEmpty()
                ? whole
                : whole.flatMap(number -> volumes.stream()
                        .filter(volume ->
                                volume.within() == number && volume.subvolume().equals(subvolume.get()))
                        .map(Volume::partition)
                        .findFirst());
    }

    private List<Fstab.Entry> entries() {
        boolean bsd = volumes.stream().anyMatch(volume -> volume.partition() == root && volume.isUfs());
        Optional<Bytes> content = new GuestFiles(tree, warnings).read(FSTAB);
        if (content.isEmpty()) {
            warnings.accept("The guest has no readable " + FSTAB + ": only its root file system is looked at.");
            return List.of();
        }
        try {
            List<Fstab.Entry> entries = Fstab.parse(content.get()).entries().stream()
                    .filter(entry -> MountableEntries.isOnDisk(entry, bsd))
                    .toList();
            if (entries.size() > MAX_ENTRIES) {
                warnings.accept(
                        FSTAB + " mounts more than " + MAX_ENTRIES + " file systems; the rest is left out (ignored)");
                return entries.subList(0, MAX_ENTRIES);
            }
            return entries;
        } catch (ImageException tooLong) {
            warnings.accept(tooLong.getMessage() + " Only the root file system is looked at.");
            return List.of();
        }
    }

    private Optional<GuestPath> point(Fstab.Entry entry) {
        try {
            Optional<GuestPath> point = MountPoint.canonical(tree, entry.mountPoint());
            if (point.isEmpty()) {
                ignored(entry, "the mount point is no directory");
            }
            return point;
        } catch (ImageException circle) {
            if (circle.kind() != ImageException.Kind.SOURCE) {
                throw circle;
            }
            ignored(entry, String.valueOf(circle.getMessage()));
            return Optional.empty();
        }
    }

    private void checkRoot(Fstab.Entry entry, Optional<Integer> partition) {
        if (partition.isEmpty()) {
            ignored(entry, "the system was found on " + Volume.name(root, all) + ", and no partition has that name");
        } else if (partition.get() != root && !holds(partition.get(), root)) {
            ignored(entry, "the system was found on " + Volume.name(root, all));
        }
    }

    /** Of btrfs the root may be a sub-volume that nobody names. */
    private boolean holds(int whole, int part) {
        return volumes.stream()
                .anyMatch(volume -> volume.partition() == part
                        && volume.within() == whole
                        && !volume.subvolume().isEmpty());
    }

    private void missing(GuestPath point, Fstab.Entry entry) {
        if (NEEDED.contains(point)) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot put together the file systems of the guest",
                    name(entry) + ", but no file system of the medium has that name",
                    "Fix " + FSTAB + ", or give the line the option nofail.");
        }
        ignored(entry, "no file system of the medium has that name");
    }

    private void ignored(Fstab.Entry entry, String reason) {
        warnings.accept(name(entry) + ", but " + reason + " (ignored)");
    }

    private static String name(Fstab.Entry entry) {
        return FSTAB + " mounts " + Findings.clean(entry.device(), 256) + " on "
                + Findings.clean(entry.mountPoint(), 256);
    }
}
