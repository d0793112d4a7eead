package io.imagewright.guest;

import java.util.List;
import java.util.Locale;

/**
 * What one partition of the medium holds, or what lies in it: a logical volume, an opened container, an array, a sub-volume of btrfs, a partition of a BSD
 * disklabel.
 *
 * <p>The number of a volume is its own on all disks of a guest. A partition of the first disk has the number that it has in the table, or 0 when the
 * disk has no table and the file system fills it; those of the disk with the index k (from 0) are 100000 k higher; what is no partition has
 * {@link #FIRST_INSIDE} or more.
 *
 * @param partition its number, see above
 * @param type {@code ext2}, {@code ext3}, {@code ext4}, {@code vfat}, {@code swap}, {@code xfs}, {@code btrfs}, {@code ntfs}, {@code ufs}, {@code
 *     LVM2_member}, {@code crypto_LUKS}, {@code linux_raid_member}: blkid's words; {@code BSD_disklabel}; empty when not known
 * @param uuid of the file system or swap, as blkid writes it; empty when it has none
 * @param label of the file system or swap; empty when it has none
 * @param partUuid PARTUUID as Linux writes it, lower case; empty when the table has none
 * @param partLabel name of the GPT entry; empty when it has none
 * @param offset bytes from the start of its disk; 0 of what is no partition
 * @param length bytes
 * @param within number of the volume that holds it, the first of several; {@link #NONE} of a partition
 * @param names what the guest calls its device beside the kernel's name of a partition, for example {@code /dev/vg0/root}
 * @param subvolume path of the sub-volume of btrfs that this is; empty of everything else
 */
public record Volume(
        int partition,
        String type,
        String uuid,
        String label,
        String partUuid,
        String partLabel,
        long offset,
        long length,
        int within,
        List<String> names,
        String subvolume) {

    /** Number of the first volume that is no partition. */
    public static final int FIRST_INSIDE = 10_000_001;

    /** Between numbers of two disks; a GPT has 16384 partitions at the most. */
    private static final int DISK = 100_000;

    /** Type of the BSDs' file systems. */
    public static final String UFS = "ufs";

    /** No volume. */
    public static final int NONE = -1;

    /** Copies the names. */
    public Volume {
        names = List.copyOf(names);
    }

    /** A partition. */
    public Volume(
            int partition,
            String type,
            String uuid,
            String label,
            String partUuid,
            String partLabel,
            long offset,
            long length) {
        this(partition, type, uuid, label, partUuid, partLabel, offset, length, NONE, List.of(), "");
    }

    /**
     * The number of a partition.
     *
     * @param disk index from 0
     * @param onDisk number in that disk's table; 0 for a disk without one
     */
    public static int number(int disk, int onDisk) {
        return disk * DISK + onDisk;
    }

    /** Index, from 0, of the disk that the partition of this number is on. */
    public static int disk(int number) {
        return number / DISK;
    }

    /** What the partition of this number is in its disk's table; 0 for a disk without one. */
    public static int onDisk(int number) {
        return number % DISK;
    }

    /** How to name the volume of this number to the user, for example {@code partition 1 of disk 2}. */
    public static String name(int number) {
        if (number >= FIRST_INSIDE) {
            return "volume " + number;
        }
        String disk = disk(number) == 0 ? "" : " of disk " + (disk(number) + 1);
        return onDisk(number) == 0
                ? "the whole" + (disk.isEmpty() ? " disk" : disk)
                : "partition " + onDisk(number) + disk;
    }

    /** The same where the volumes are at hand: what is no partition is named as the guest does. */
    public static String name(int number, List<Volume> volumes) {
        return volumes.stream()
                .filter(volume -> volume.partition() == number)
                .findFirst()
                .map(Volume::describe)
                .orElse(name(number));
    }

    /** How to name it to the user: as {@link #name(int)}, but what is no partition as the guest does. */
    public String describe() {
        if (!subvolume.isEmpty()) {
            return "sub-volume " + subvolume;
        }
        return names.isEmpty() ? name(partition) : names.get(names.size() - 1);
    }

    /** The same where a sentence begins. */
    public String title() {
        String name = describe();
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    /** Whether it is no partition, but lies in one. */
    public boolean isInside() {
        return within != NONE;
    }

    /** Whether the {@code direct} engine can work on it. */
    public boolean isExt() {
        return !isInside() && isExtType();
    }

    private boolean isExtType() {
        return type.equals("ext2") || type.equals("ext3") || type.equals("ext4");
    }

    /** The same with these names. */
    public Volume withNames(List<String> others) {
        return new Volume(partition, type, uuid, label, partUuid, partLabel, offset, length, within, others, subvolume);
    }

    /** The same with another UUID. */
    public Volume withUuid(String other) {
        return new Volume(partition, type, other, label, partUuid, partLabel, offset, length, within, names, subvolume);
    }

    /** Whether it is a physical volume of LVM. */
    public boolean isPhysicalVolume() {
        return type.equals("LVM2_member");
    }

    /** Whether it is the file system of the BSDs, which Linux reads only. */
    public boolean isUfs() {
        return type.equals(UFS);
    }

    /** Whether it is Linux swap. */
    public boolean isSwap() {
        return type.equals("swap");
    }
}
