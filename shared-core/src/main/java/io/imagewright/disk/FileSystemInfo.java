package io.imagewright.disk;

/**
 * What the first bytes of a volume say. Each is empty when not known.
 *
 * @param type as blkid names it, for example {@code ext4}, {@code vfat}, {@code swap}, {@code LVM2_member}
 */
public record FileSystemInfo(String type, String uuid, String label) {

    /** Nothing is known. */
    public static final FileSystemInfo UNKNOWN = new FileSystemInfo("", "", "");
}
