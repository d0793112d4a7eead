package io.imagewright.guest;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reading the file tree of a guest, its file systems put together as its fstab says. Not thread-safe.
 *
 * <p>Every path is resolved as a process confined to the guest would: symbolic links in the directories on the way are
 * followed inside the guest's root, {@code ..} stops at the root, and a chain of more than {@value PathResolver#MAX_LINKS} links
 * is an error. The last component is followed only where a method says so.
 */
public interface GuestTree {

    /** The file at this path, its last component not followed; empty when nothing is there. */
    Optional<FileStat> stat(GuestPath path);

    /** The canonical path, every link followed; empty when nothing is there. */
    Optional<GuestPath> resolve(GuestPath path);

    /** Direct entries of the directory at this path (followed), in path order; empty when it is no directory. */
    List<Entry> list(GuestPath directory);

    /**
     * Everything below this directory (itself followed; links below are listed, not followed), in path order, other file systems of
     * the guest included; empty when it is no directory.
     */
    List<Entry> walk(GuestPath directory);

    /**
     * Whole contents of regular files (last component followed). What is missing or no regular file is left out.
     *
     * @param limit bytes; a longer file is an {@link io.imagewright.error.ImageException}, as what is read this way are
     *     configuration files
     */
    Map<GuestPath, Bytes> read(Collection<GuestPath> files, int limit);

    /**
     * The content of the regular file at this path (last component followed), to be read piece by piece however long it is; empty when
     * nothing is there or something else.
     */
    Optional<FileContent> open(GuestPath file);

    /** Target text of the symbolic link at this path, as bytes; empty when it is none. */
    Optional<Bytes> readLink(GuestPath path);

    /** The registry of a Windows guest: its hives are opened when they are first asked for, and stay so until it is closed. */
    default Registry registry() {
        return new Registry(this);
    }

    /** Extended attributes by full name, for example {@code security.selinux}; empty map when nothing is there. */
    Map<String, Bytes> xattrs(GuestPath path);
}
