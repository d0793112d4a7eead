package io.imagewright.guest;

/**
 * The id that a volume gets instead of its own, once all changes to the guest's tree are made. No change of a path, so no {@link Change}.
 *
 * @param partition its number, as in {@link Volume}
 * @param uuid as blkid writes it: in lower case, with hyphens; of a physical volume of LVM six letters and digits, five times four, six
 * @param group of a physical volume, the id that its volume group gets; empty when that keeps its own, and of everything else
 */
public record VolumeId(int partition, String uuid, String group) {

    /** Of a file system or swap. */
    public VolumeId(int partition, String uuid) {
        this(partition, uuid, "");
    }

    /** What happens to the volume, in a few words. */
    public String describe() {
        return "set the UUID to " + uuid + (group.isEmpty() ? "" : ", that of its volume group to " + group);
    }
}
