package io.imagewright.guest.direct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.sun.jna.ptr.IntByReference;
import io.imagewright.guest.Bytes;

/** Directories and their entries, by inode number. */
final class ExtDirectories {

    /** Bytes of a directory that are read at once; whole blocks of any size. */
    private static final int PIECE = 1 << 20;

    /** Bytes of an entry before its name. */
    private static final int HEADER = 8;

    private final ExtFileSystem fs;

    ExtDirectories(ExtFileSystem fs) {
        this.fs = fs;
    }

    /** A directory entry. */
    record Name(Bytes name, int inode) {}

    Optional<Integer> lookup(int directory, byte[] name) {
        IntByReference inode = new IntByReference();
        long error = Ext2Library.ext2fs_lookup(fs.handle(), directory, name, name.length, null, inode);
        if (error == Ext2Library.FILE_NOT_FOUND) {
            return Optional.empty();
        }
        fs.check("search directory " + directory, error);
        return Optional.of(inode.getValue());
    }

    /** Entries but {@code .} and {@code ..}, in the order of the directory. */
    List<Name> entries(int directory) {
        Inode inode = fs.inode(directory);
        return inode.hasInlineData() || inode.length() == 0
                ? iterated(directory)
                : inBlocks(inode).orElseGet(() -> iterated(directory));
    }

    /** Nothing when there is something wrong with the directory. */
    private Optional<List<Name>> inBlocks(Inode directory) {
        int blockSize = fs.superblock().blockSize();
        List<Name> names = new ArrayList<>();
        byte[] piece = new byte[(int) Math.min(PIECE, directory.length())];
        for (long offset = 0; offset < directory.length() && names.size() <= ExtWalk.MAX_FILES; offset += PIECE) {
            int length = fs.content().read(directory.number(), offset, piece, piece.length);
            if (length == 0 || length % blockSize != 0) {
                return Optional.empty();
            }
            for (int at = 0; at < length; at += blockSize) {
                byte[] block = Arrays.copyOfRange(piece, at, at + blockSize);
                boolean sound = Ext2Library.ext2fs_dir_block_csum_verify(fs.handle(), directory.number(), block) != 0;
                if (!sound || !DirectoryBlock.read(block, names::add)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(names);
    }

    /** The same by libext2fs, which knows all forms and all damages, and takes its time for each entry. */
    List<Name> iterated(int directory) {
        List<Name> names = new ArrayList<>();
        iterate(directory, entry -> {
            if (names.size() <= ExtWalk.MAX_FILES) {
                names.add(entry);
            }
            return false;
        });
        return names;
    }

    /** Takes these names out of a directory; the inodes behind them stay as they are. */
    void removeEntries(int directory, Set<Bytes> names) {
        iterate(directory, entry -> names.contains(entry.name()));
    }

    /** Empties what a directory keeps of removed names. */
    void clearRemoved(int directory) {
        iterate(directory, Ext2Library.DIRENT_EMPTY, (dir, kind, entry, offset, size, buffer, data) -> {
            int nameLength = entry.getInt(0) == 0 ? 0 : entry.getByte(6) & 0xff;
            int length = entry.getShort(4) & 0xffff;
            boolean made = DirectoryBlock.isDots(entry.getByteArray(HEADER, nameLength)); // by libext2fs, for the call
            int used = HEADER + nameLength;
            if (made || used >= length || length > size - offset) {
                return 0;
            }
            entry.setMemory(used, length - used, (byte) 0);
            return Ext2Library.DIRENT_CHANGED;
        });
    }

    private interface Visitor {
        /** True to remove the entry. */
        boolean visit(Name entry);
    }

    private void iterate(int directory, Visitor visitor) {
        iterate(directory, 0, (dir, kind, entry, offset, blockSize, buffer, data) -> {
            int inode = entry.getInt(0);
            byte[] name = entry.getByteArray(HEADER, entry.getByte(6) & 0xff);
            if (inode == 0 || DirectoryBlock.isDots(name) || !visitor.visit(new Name(Bytes.of(name), inode))) {
                return 0;
            }
            entry.setInt(0, 0);
            return Ext2Library.DIRENT_CHANGED;
        });
    }

    private void iterate(int directory, int flags, Ext2Library.DirectoryEntry callback) {
        fs.check(
                "read directory " + directory,
                Ext2Library.ext2fs_dir_iterate2(fs.handle(), directory, flags, null, callback, null));
    }

    void link(int directory, byte[] name, Inode target) {
        int type = switch (target.type()) {
            case REGULAR -> 1;
            case DIRECTORY -> 2;
            case CHARACTER_DEVICE -> 3;
            case BLOCK_DEVICE -> 4;
            case FIFO -> 5;
            case SOCKET -> 6;
            case SYMLINK -> 7;
        };
        withRoom(
                directory,
                () -> Ext2Library.ext2fs_link(
                        fs.handle(), directory, ExtFileSystem.cString(name), target.number(), type));
    }

    int makeDirectory(int parent, byte[] name) {
        withRoom(parent, () -> Ext2Library.ext2fs_mkdir(fs.handle(), parent, 0, ExtFileSystem.cString(name)));
        return lookup(parent, name).orElseThrow();
    }

    void makeSymlink(int parent, byte[] name, byte[] target) {
        withRoom(
                parent,
                () -> Ext2Library.ext2fs_symlink(
                        fs.handle(), parent, 0, ExtFileSystem.cString(name), ExtFileSystem.cString(target)));
    }

    private interface Call {
        long run();
    }

    private void withRoom(int directory, Call call) {
        long error = call.run();
        if (error == Ext2Library.NO_SPACE_IN_DIRECTORY) {
            fs.check("grow directory " + directory, Ext2Library.ext2fs_expand_dir(fs.handle(), directory));
            error = call.run();
        }
        fs.check("add to directory " + directory, error);
    }
}
