package io.imagewright.guest;

/**
 * What {@code lstat(2)} would say.
 *
 * @param permissions the low twelve bits of the mode (07777)
 * @param size bytes
 * @param modified seconds since the epoch
 * @param inode number, unique in its file system only
 * @param links hard links
 */
public record FileStat(
        FileType type, int permissions, int owner, int group, long size, long modified, long inode, int links) {

    /** Whether this is a regular file. */
    public boolean isRegular() {
        return type == FileType.REGULAR;
    }

    /** Whether this is a directory. */
    public boolean isDirectory() {
        return type == FileType.DIRECTORY;
    }

    /** Whether this is a symbolic link. */
    public boolean isSymlink() {
        return type == FileType.SYMLINK;
    }
}
