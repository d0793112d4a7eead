package io.imagewright.guest.inspect;

import io.imagewright.guest.GuestFiles;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.GuestTree;
import io.imagewright.guest.Volume;

/**
 * What makes a guest's root file system fill a larger disk when it boots.
 *
 * @param by its name for people; empty when nothing does
 * @param lastPartition whether it grows what the last partition holds, be that the root file system or another one
 */
public record RootGrowth(String by, boolean lastPartition) {

    /** The root file system keeps its size. */
    public static final RootGrowth NOTHING = new RootGrowth("", false);

    /** What grows the root file system and no other. */
    static RootGrowth ofRoot(String by) {
        return new RootGrowth(by, false);
    }

    /** Whether it grows the file system that is mounted there, if it is the last one of its disk. */
    public boolean grows(GuestPath mountPoint) {
        return !by.isEmpty() && (lastPartition || mountPoint.equals(GuestPath.ROOT));
    }

    /**
     * Finds it in a guest as it is now.
     *
     * @param facts of the guest; only a Linux is asked
     */
    public static RootGrowth of(GuestTree tree, Facts facts) {
        if (!facts.isLinux()) {
            return NOTHING;
        }
        GuestFiles files = new GuestFiles(tree, unreadable -> {});
        return new RootGrowthFinder(files, new BootServices(files)).find(isPlain(facts));
    }

    /** Whether the root file system lies in a partition itself, and not in a logical volume, an array or a container. */
    private static boolean isPlain(Facts facts) {
        int root = facts.mounts().get(0).partition();
        return root < Volume.FIRST_INSIDE
                || facts.volumes().stream()
                        .anyMatch(volume -> volume.partition() == root
                                && !volume.subvolume().isEmpty()
                                && volume.within() < Volume.FIRST_INSIDE);
    }
}
