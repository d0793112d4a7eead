package io.imagewright.guest;

import java.nio.file.Path;

import io.imagewright.hive.HiveEdit;

/**
 * One change to a guest's tree. The last component of {@link #path()} is never followed unless a kind says so. Immutable.
 */
public sealed interface Change {

    /** Root-owned regular files are made with this mode unless another is given. */
    int DEFAULT_FILE_MODE = 0644;

    /** What is changed. */
    GuestPath path();

    /** What happens to it, in a few words, for example {@code delete} or {@code truncate to 0 bytes}. */
    String describe();

    /** Removes a file of any type, or an empty directory. Nothing there is no error. */
    record Delete(GuestPath path) implements Change {

        @Override
        public String describe() {
            return "delete";
        }
    }

    /** Removes a file, or a directory with everything below it. Nothing there is no error. */
    record DeleteTree(GuestPath path) implements Change {

        @Override
        public String describe() {
            return "delete with everything below";
        }
    }

    /** Overwrites the content of a regular file with zeros, then removes it: for secrets. Nothing there is no error. */
    record Scrub(GuestPath path) implements Change {

        @Override
        public String describe() {
            return "overwrite and delete";
        }
    }

    /** Sets the length of a regular file, in bytes; owner, mode, times and extended attributes stay. */
    record Truncate(GuestPath path, long size) implements Change {

        @Override
        public String describe() {
            return "truncate to " + size + " bytes";
        }
    }

    /**
     * Gives a regular file this content. A file that is there (followed) keeps owner, mode, times, extended attributes and hard
     * links; a new one gets {@code permissions}, {@code owner} and {@code group}.
     */
    record Write(GuestPath path, Bytes content, int permissions, int owner, int group) implements Change {

        /** A write that makes a missing file root's, mode 0644. */
        public static Write of(GuestPath path, Bytes content) {
            return new Write(path, content, DEFAULT_FILE_MODE, 0, 0);
        }

        @Override
        public String describe() {
            return "write " + content.size() + " bytes";
        }
    }

    /**
     * Gives a regular file the content of a file of this machine, which may be larger than memory. Else as {@link Write}.
     *
     * @param size bytes that the source has; one that has grown or shrunk by the time it is read fails
     */
    record Upload(GuestPath path, Path source, long size, int permissions, int owner, int group) implements Change {

        @Override
        public String describe() {
            return "write " + size + " bytes of " + source.getFileName();
        }
    }

    /** Makes a directory whose parent is there. A directory that is there already is left as it is. */
    record MakeDirectory(GuestPath path, int permissions, int owner, int group) implements Change {

        @Override
        public String describe() {
            return "make the directory, mode " + Integer.toOctalString(permissions) + ", owner " + owner + ":" + group;
        }
    }

    /** Makes a hard link to an existing file that is no directory, in the same file system. */
    record HardLink(GuestPath path, GuestPath existing) implements Change {

        @Override
        public String describe() {
            return "link to " + existing;
        }
    }

    /** Makes a symbolic link; what is at the path, unless it is a directory, is replaced. */
    record SymbolicLink(GuestPath path, String target) implements Change {

        @Override
        public String describe() {
            return "link symbolically to " + target;
        }
    }

    /** Sets the low twelve bits of the mode. */
    record SetPermissions(GuestPath path, int permissions) implements Change {

        @Override
        public String describe() {
            return "set the mode to " + Integer.toOctalString(permissions);
        }
    }

    /** Sets numeric owner and group. */
    record SetOwner(GuestPath path, int owner, int group) implements Change {

        @Override
        public String describe() {
            return "set the owner to " + owner + ":" + group;
        }
    }

    /** Sets an extended attribute by its full name. */
    record SetXattr(GuestPath path, String name, Bytes value) implements Change {

        @Override
        public String describe() {
            return "set the attribute " + name;
        }
    }

    /**
     * Edits a registry hive of Windows, which is there. No engine is given this: {@link RegistryBatch} makes one write of all edits of a hive.
     *
     * @param path of the hive's file
     */
    record EditRegistry(GuestPath path, HiveEdit edit) implements Change {

        @Override
        public String describe() {
            return edit.describe(Registry.title(path));
        }
    }

    /** Removes an extended attribute; one that is not there is no error. */
    record RemoveXattr(GuestPath path, String name) implements Change {

        @Override
        public String describe() {
            return "remove the attribute " + name;
        }
    }
}
