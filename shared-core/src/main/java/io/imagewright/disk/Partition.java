package io.imagewright.disk;

/**
 * One entry of a partition table.
 *
 * @param number as Linux numbers it; logical partitions count from 5; 0 for {@link Role#WHOLE_DISK}
 * @param start first sector on the disk
 * @param sectors length in sectors of the table's sector size
 * @param type two hexadecimal digits for MBR, a lower-case GUID for GPT; empty for a disk without a table
 * @param uniqueGuid GPT's unique GUID in lower case; empty otherwise
 * @param name GPT's partition name; empty otherwise
 * @param attributes GPT's attribute bits; 0 otherwise
 * @param bootable MBR's active flag
 */
public record Partition(
        int number,
        Role role,
        long start,
        long sectors,
        String type,
        String uniqueGuid,
        String name,
        long attributes,
        boolean bootable) {

    /** What kind of entry it is. */
    public enum Role {
        /** In one of the four slots of an MBR. */
        PRIMARY,
        /** The MBR's container of logical partitions. */
        EXTENDED,
        /** In the chain of an extended partition. */
        LOGICAL,
        /** An entry of a GPT. */
        GPT,
        /** The disk has no table; a file system fills it. */
        WHOLE_DISK
    }
}
