package io.imagewright.guest;

/**
 * What {@code lstat(2)} would say.
 *
 * @param permissions the low twelve bits of the mode (07777)
 * @param size bytes
 * @param modified whole seconds since the epoch, rounded down
 * @param inode number, unique in its file system only
 * @param links hard links
 * @param nanoseconds what to add to {@code modified}; 0 where a file system or a list keeps none
 */
public record FileStat(
        FileType type,
        int permissions,
        int owner,
        int group,
        long size,
        long modified,
        long inode,
        int links,
        int nanoseconds) {

    /** Of a file that was modified at a whole second. */
    public FileStat(
            FileType type, int permissions, int owner, int group, long size, long modified, long inode, int links) {
        this(type, permissions, owner, group, size, modified, inode, links, 0);
    }

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
