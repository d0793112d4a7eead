package io.imagewright.guest.inspect;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.Volume;

/** Finds the volume that holds an operating system's root, by what lies in it. */
final class RootFinder {

    private static final List<String> SYSTEM = List.of("/etc/fstab", "/bin", "/usr/bin");

    private RootFinder() {}

    static Recognition find(Map<Integer, GuestTree> trees, List<Volume> volumes) {
        List<Integer> logical = volumes.stream()
                .filter(volume -> volume.type().equals("LVM2_member"))
                .map(Volume::partition)
                .toList();
        // an engine that opens them knows what lies in them
        if (!logical.isEmpty() && volumes.stream().noneMatch(Volume::isInside)) {
            return new Recognition.Unsupported("The media contains logical volumes", describe(logical, volumes));
        }
        List<Integer> roots = trees.entrySet().stream()
                .filter(tree -> isRoot(tree.getValue()) || WindowsSystem.isOn(tree.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (roots.isEmpty()) {
            return new Recognition.Unsupported(
                    "Unable to detect any operating system on the media",
                    volumes.isEmpty()
                            ? "it holds no partition"
                            : volumes.stream()
                                    .map(volume -> volume.describe() + ": " + content(volume))
                                    .collect(Collectors.joining(", ")));
        }
        if (roots.size() > 1) {
            return new Recognition.Unsupported(
                    "Multiple operating systems found on the media", describe(roots, volumes));
        }
        int root = roots.get(0);
        GuestTree tree = Objects.requireNonNull(trees.get(root));
        if (WindowsSystem.isOn(tree)) {
            return windows(tree, root);
        }
        // nothing would be cleaned on a system that no operation knows
        return isUnknown(files(tree))
                ? new Recognition.Unsupported("Unknown Operating System", Volume.name(root, volumes))
                : new Recognition.Root(root);
    }

    private static Recognition windows(GuestTree tree, int root) {
        try (WindowsSystem system = WindowsSystem.of(tree)) {
            return system.version().isSupported()
                    ? new Recognition.Root(root)
                    : new Recognition.Unsupported(
                            system.product() + " is too old. Versions prior to Windows 7 are not supported",
                            Volume.name(root) + ", NT " + system.version());
        }
    }

    /** Whether release files are there and say nothing. One that leads to another file system is read when the guest is put together. */
    private static boolean isUnknown(GuestFiles files) {
        return IdentityFinder.find(files).equals(Identity.UNKNOWN)
                && IdentityFinder.files().stream()
                        .filter(files::exists)
                        .allMatch(file -> files.read(file).isPresent());
    }

    private static boolean isRoot(GuestTree tree) {
        GuestFiles files = files(tree);
        return IdentityFinder.files().stream().anyMatch(files::exists)
                && SYSTEM.stream().anyMatch(files::exists);
    }

    private static GuestFiles files(GuestTree tree) {
        return new GuestFiles(tree, unreadable -> {});
    }

    private static String describe(List<Integer> partitions, List<Volume> volumes) {
        return partitions.stream().map(number -> Volume.name(number, volumes)).collect(Collectors.joining(", "));
    }

    private static String content(Volume volume) {
        return volume.type().isEmpty() ? "unknown" : volume.type();
    }
}
