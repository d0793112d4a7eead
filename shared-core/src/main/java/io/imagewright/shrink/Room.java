package io.imagewright.shrink;

import java.util.List;

import io.imagewright.error.Message;
import io.imagewright.error.SettingName;
import io.imagewright.guest.GuestPath;
import io.imagewright.guest.Mount;
import io.imagewright.guest.Volume;
import io.imagewright.guest.inspect.Facts;
import io.imagewright.guest.inspect.Inspector;
import io.imagewright.spec.ImageDescription.Shrink;

/**
 * How much room shrinking leaves in a file system. A system that boots writes: keys, logs, what its first-boot scripts leave. Where
 * nothing makes the file system fill a larger disk, the room that shrinking leaves is all that it will ever have; where something does, the disk
 * may still be no larger than the image.
 *
 * @param free bytes to leave free
 * @param least bytes that must be free even if the disk's size allows no more; equal to {@code free} when the user chose it
 * @param ungrown the partition that stays as it is, for people; empty when {@code free} does not follow from that
 */
public record Room(long free, long least, String ungrown) {

    /** Bytes left to a system that nothing grows. */
    private static final long UNGROWN = 512L << 20;

    /** Bytes left to a system that grows on a larger disk: enough to boot for the first time on one of the image's size. */
    private static final long GROWN = 128L << 20;

    /** Where a system writes when it boots. Others, such as /boot and what holds data, get the slack alone. */
    private static final List<GuestPath> WRITTEN =
            List.of(GuestPath.ROOT, GuestPath.of("/etc"), GuestPath.of("/root"), GuestPath.of("/var"));

    private static final GuestPath VAR = GuestPath.of("/var");

    /**
     * What the description asks for in the partition that a disk is shrunk by.
     *
     * @param target number of the partition
     * @param facts of the guest as it is when it is shrunk
     */
    public static Room of(Shrink asked, int target, Facts facts) {
        if (!asked.roomToBoot()) {
            return new Room(asked.free(), asked.free(), "");
        }
        List<GuestPath> written = facts.isLinux() ? written(target, facts) : List.of();
        boolean ungrown = written.stream().anyMatch(point -> !facts.growth().grows(point));
        long wanted = written.isEmpty() ? 0 : ungrown ? UNGROWN : GROWN;
        return wanted > asked.free()
                ? new Room(wanted, asked.free(), ungrown ? Volume.name(target) : "")
                : new Room(asked.free(), asked.free(), "");
    }

    /** Mount points in the partition that a system writes to. */
    private static List<GuestPath> written(int target, Facts facts) {
        return facts.mounts().stream()
                .filter(mount -> Inspector.partition(mount.partition(), facts.volumes()) == target)
                .map(Mount::point)
                .filter(Room::isWritten)
                .toList();
    }

    private static boolean isWritten(GuestPath mountPoint) {
        return WRITTEN.contains(mountPoint) || mountPoint.startsWith(VAR);
    }

    /** The same where the file system was this many bytes too large for its disk; nothing when there is no more to give. */
    public Room less(long excess) {
        return new Room(Math.max(least, free - excess), least, ungrown);
    }

    /** Whether there may be less. */
    public boolean isFlexible() {
        return free > least;
    }

    /** For the plan, to follow what becomes of the partition. */
    public String describe() {
        return ungrown.isEmpty() ? "" : ", with " + (free >> 20) + " MiB left free as nothing grows it at boot";
    }

    /** For the log, in full sentences; empty when there is nothing to say. */
    public Message notice() {
        return ungrown.isEmpty()
                ? Message.EMPTY
                : Message.of(
                        "Nothing in the guest grows " + ungrown + " at boot, so up to " + (free >> 20)
                                + " MiB are left free in it, as holes that take no space in the output. The action growRoot of ",
                        SettingName.CUSTOMISE,
                        " grows it at boot; ",
                        SettingName.MINIMUM_FREE,
                        " sets another amount.");
    }
}
