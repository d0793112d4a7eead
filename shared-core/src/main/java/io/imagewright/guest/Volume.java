package io.imagewright.guest;

import java.util.List;

/**
 * What one partition of the medium holds, or what lies in it: a logical volume, an opened container, an array, a sub-volume of btrfs, a partition of a BSD
 * disklabel.
 *
 * @param partition its number in the table; 0 when the medium has no table and the file system fills it; {@link #FIRST_INSIDE} or more for what is
 *     no partition
 * @param type {@code ext2}, {@code ext3}, {@code ext4}, {@code vfat}, {@code swap}, {@code xfs}, {@code btrfs}, {@code ntfs}, {@code ufs}, {@code
 *     LVM2_member}, {@code crypto_LUKS}, {@code linux_raid_member}: blkid's words; {@code BSD_disklabel}; empty when not known
 * @param uuid of the file system or swap, as blkid writes it; empty when it has none
 * @param label of the file system or swap; empty when it has none
 * @param partUuid PARTUUID as Linux writes it, lower case; empty when the table has none
 * @param partLabel name of the GPT entry; empty when it has none
 * @param offset bytes from the start of the medium; 0 of what is no partition
 * @param length bytes
 * @param within number of the volume that holds it, the first of several; {@link #NONE} of a partition
 * @param names what the guest calls its device beside the kernel's name of a partition, for example {@code /dev/vg0/root}; of a physical volume of
 *     LVM its volume group, when all of that is on the medium
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
    public static final int FIRST_INSIDE = 1001;

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

    /** The same with other names. */
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

    /** Whether it is Linux swap. */
    public boolean isSwap() {
        return type.equals("swap");
    }
}
