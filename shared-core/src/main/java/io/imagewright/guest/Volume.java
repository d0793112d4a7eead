package io.imagewright.guest;

/**
 * What one partition of the medium holds.
 *
 * @param partition its number in the table; 0 when the medium has no table and the file system fills it
 * @param type {@code ext2}, {@code ext3}, {@code ext4}, {@code vfat}, {@code swap}, {@code xfs}, {@code btrfs}, {@code ntfs}, {@code LVM2_member},
 *     {@code crypto_LUKS}, {@code linux_raid_member}: blkid's words; empty when not known
 * @param uuid of the file system or swap, as blkid writes it; empty when it has none
 * @param label of the file system or swap; empty when it has none
 * @param partUuid PARTUUID as Linux writes it, lower case; empty when the table has none
 * @param partLabel name of the GPT entry; empty when it has none
 * @param offset bytes from the start of the medium
 * @param length bytes
 */
public record Volume(
        int partition,
        String type,
        String uuid,
        String label,
        String partUuid,
        String partLabel,
        long offset,
        long length) {

    /** Whether the {@code direct} engine can work on it. */
    public boolean isExt() {
        return type.equals("ext2") || type.equals("ext3") || type.equals("ext4");
    }

    /** The same with another UUID. */
    public Volume withUuid(String other) {
        return new Volume(partition, type, other, label, partUuid, partLabel, offset, length);
    }

    /** Whether it is Linux swap. */
    public boolean isSwap() {
        return type.equals("swap");
    }
}
