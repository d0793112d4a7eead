package io.imagewright.guest;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.imagewright.disk.Piece;
import io.imagewright.guest.inspect.Identity;

/**
 * A file of a guest with all that an archive keeps of it.
 *
 * @param path canonical
 * @param volume distinguishes the file systems of a guest: two names of the same volume and inode are hard links
 * @param major number of a device; 0 of what is none
 * @param minor number of a device; 0 of what is none
 * @param target of a symbolic link; empty otherwise
 * @param attributes extended ones, by full name; ACLs as {@code system.posix_acl_access} in the kernel's form, see acl(5)
 * @param data of a regular file: where its bytes lie, by offset in it, not overlapping, none behind its size; what is left out is zeros
 */
public record TreeMember(
        GuestPath path,
        FileStat stat,
        int volume,
        int major,
        int minor,
        Bytes target,
        Map<String, Bytes> attributes,
        List<Piece> data) {

    /** Copies the collections. */
    public TreeMember {
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
        data = List.copyOf(data);
    }

    /** Two of them that are equal belong to names of one file. */
    public record Identity(int volume, long inode) {}

    /** What the file is, whatever its name. */
    public Identity identity() {
        return new Identity(volume, stat.inode());
    }
}
