package io.imagewright.guest.direct;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import io.imagewright.disk.DiskFull;
import io.imagewright.error.ImageException;
import io.imagewright.guest.Bytes;

/**
 * One ext2/3/4 file system, opened through libext2fs: inodes and directory entries by number, no paths. Not thread-safe; one thread
 * owns it from open to close.
 */
final class ExtFileSystem implements AutoCloseable {

    /** Inode number of the root directory. */
    static final int ROOT = 2;

    private static final int JOURNAL = 8;

    /** Offsets in {@code struct struct_ext2_filsys} of ext2fs.h on a 64-bit machine. */
    private static final int OFFSET_INODE_MAP = 80;

    private static final int OFFSET_BLOCK_MAP = 88;
    private static final int OFFSET_NOW = 184;
    private static final int OFFSET_GROUPS = 48;

    private static final int CHUNK = 1 << 20;

    /** A directory entry. */
    record Name(Bytes name, int inode) {}

    private final Path file;
    private final String subject;
    private final Superblock superblock;
    private final long now;
    private final PointerByReference handle;
    private final Pointer fs;
    private final boolean extents;

    private ExtFileSystem(Path file, String subject, Superblock superblock, PointerByReference handle, long now) {
        this.file = file;
        this.subject = subject;
        this.superblock = superblock;
        this.handle = handle;
        this.fs = handle.getValue();
        this.now = now;
        this.extents = (superblock.incompat() & 0x40) != 0;
        // the library's clock: everything it dates gets this time, so that the same input gives the same bytes
        fs.setLong(OFFSET_NOW, now);
    }

    /**
     * Opens the file system at this byte of a file.
     *
     * @param subject how to name it to the user, for example {@code partition 1 (ext4)}
     * @param now seconds since the epoch for what the library dates
     */
    static ExtFileSystem open(Path file, long offset, String subject, boolean writable, long now) {
        Superblock superblock = Superblock.read(file, offset, subject);
        superblock.requireServed(subject);
        PointerByReference handle = new PointerByReference();
        byte[] options = offset == 0 ? null : cString(("offset=" + offset).getBytes(StandardCharsets.US_ASCII));
        int flags = Ext2Library.FLAG_64BITS | (writable ? Ext2Library.FLAG_RW : 0);
        long error = Ext2Library.ext2fs_open2(
                cString(file.toString().getBytes(StandardCharsets.UTF_8)),
                options,
                flags,
                0,
                0,
                Ext2Library.unixIoManager(),
                handle);
        if (error != 0) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot open " + subject,
                    Ext2Library.message(error),
                    "Check it with e2fsck on a copy of the medium.");
        }
        ExtFileSystem opened = new ExtFileSystem(file, subject, superblock, handle, now);
        try {
            opened.check("read the bitmaps", Ext2Library.ext2fs_read_bitmaps(handle.getValue()));
        } catch (ImageException failure) {
            opened.close();
            throw failure;
        }
        return opened;
    }

    String subject() {
        return subject;
    }

    Superblock superblock() {
        return superblock;
    }

    Inode inode(int number) {
        Inode inode = new Inode(number, Math.max(128, superblock.inodeSize()));
        check("read inode " + number, Ext2Library.ext2fs_read_inode_full(fs, number, inode.raw(), inode.size()));
        return inode;
    }

    void write(Inode inode) {
        check(
                "write inode " + inode.number(),
                Ext2Library.ext2fs_write_inode_full(fs, inode.number(), inode.raw(), inode.size()));
    }

    Optional<Integer> lookup(int directory, byte[] name) {
        IntByReference inode = new IntByReference();
        long error = Ext2Library.ext2fs_lookup(fs, directory, name, name.length, null, inode);
        if (error == Ext2Library.FILE_NOT_FOUND) {
            return Optional.empty();
        }
        check("search directory " + directory, error);
        return Optional.of(inode.getValue());
    }

    /** Entries but {@code .} and {@code ..}, in the order of the directory. */
    List<Name> entries(int directory) {
        List<Name> names = new ArrayList<>();
        iterate(directory, entry -> {
            names.add(entry);
            return false;
        });
        return names;
    }

    /** Takes these names out of a directory; the inodes behind them stay as they are. */
    void removeEntries(int directory, Set<Bytes> names) {
        iterate(directory, entry -> names.contains(entry.name()));
    }

    private interface Visitor {
        /** True to remove the entry. */
        boolean visit(Name entry);
    }

    private void iterate(int directory, Visitor visitor) {
        Ext2Library.DirectoryEntry callback = (dir, kind, entry, offset, blockSize, buffer, data) -> {
            int inode = entry.getInt(0);
            byte[] name = entry.getByteArray(8, entry.getByte(6) & 0xff);
            if (inode == 0 || isDots(name) || !visitor.visit(new Name(Bytes.of(name), inode))) {
                return 0;
            }
            entry.setInt(0, 0);
            return Ext2Library.DIRENT_CHANGED;
        };
        check("read directory " + directory, Ext2Library.ext2fs_dir_iterate2(fs, directory, 0, null, callback, null));
    }

    private static boolean isDots(byte[] name) {
        return name.length > 0 && name.length <= 2 && name[0] == '.' && name[name.length - 1] == '.';
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
        withRoom(directory, () -> Ext2Library.ext2fs_link(fs, directory, cString(name), target.number(), type));
    }

    int makeDirectory(int parent, byte[] name) {
        withRoom(parent, () -> Ext2Library.ext2fs_mkdir(fs, parent, 0, cString(name)));
        return lookup(parent, name).orElseThrow();
    }

    void makeSymlink(int parent, byte[] name, byte[] target) {
        withRoom(parent, () -> Ext2Library.ext2fs_symlink(fs, parent, 0, cString(name), cString(target)));
    }

    /** A new empty regular file without a name yet. */
    Inode makeFile(int directory, int permissions, int owner, int group) {
        IntByReference number = new IntByReference();
        int mode = Inode.MODE_REGULAR | permissions;
        check("allocate an inode", Ext2Library.ext2fs_new_inode(fs, directory, mode, null, number));
        Inode inode = new Inode(number.getValue(), Math.max(128, superblock.inodeSize()));
        inode.setMode(mode);
        inode.setOwner(owner, group);
        inode.setLinks(1);
        inode.setTimes(now);
        if (extents) {
            inode.useExtents();
            PointerByReference extent = new PointerByReference();
            check("make an inode", Ext2Library.ext2fs_extent_open2(fs, inode.number(), inode.raw(), extent));
            Ext2Library.ext2fs_extent_free(extent.getValue());
        }
        Ext2Library.ext2fs_inode_alloc_stats2(fs, inode.number(), 1, 0);
        check("write an inode", Ext2Library.ext2fs_write_new_inode(fs, inode.number(), inode.raw()));
        return inode(inode.number());
    }

    private interface Call {
        long run();
    }

    private void withRoom(int directory, Call call) {
        long error = call.run();
        if (error == Ext2Library.NO_SPACE_IN_DIRECTORY) {
            check("grow directory " + directory, Ext2Library.ext2fs_expand_dir(fs, directory));
            error = call.run();
        }
        check("add to directory " + directory, error);
    }

    /** Takes one link from an inode; without links its blocks, attributes and the inode itself are freed. */
    void unlink(int number, boolean directory) {
        Inode inode = inode(number);
        if (!directory && inode.links() > 1) {
            inode.setLinks(inode.links() - 1);
            write(inode);
            return;
        }
        check("free attributes", Ext2Library.ext2fs_free_ext_attr(fs, number, inode.raw()));
        if (Ext2Library.ext2fs_inode_has_valid_blocks2(fs, inode.raw()) != 0) {
            check("free blocks", Ext2Library.ext2fs_punch(fs, number, inode.raw(), null, 0, -1L));
        }
        inode.setLinks(0);
        inode.setDeletionTime(now);
        write(inode);
        Ext2Library.ext2fs_inode_alloc_stats2(fs, number, -1, directory ? 1 : 0);
    }

    /** Changes the count of links of a directory, which one less or more directory inside brings. */
    void addDirectoryLinks(int number, int count) {
        Inode inode = inode(number);
        // 1 means "more than 65000, not counted" (feature dir_nlink)
        if (inode.links() > 1) {
            inode.setLinks(Math.max(2, inode.links() + count));
            write(inode);
        }
    }

    byte[] readFile(int number, int length) {
        try (Memory buffer = new Memory(Math.max(1, length))) {
            return withFile(number, 0, file -> {
                int done = 0;
                IntByReference got = new IntByReference();
                while (done < length) {
                    check(
                            "read inode " + number,
                            Ext2Library.ext2fs_file_read(file, buffer.share(done), length - done, got));
                    if (got.getValue() == 0) {
                        break;
                    }
                    done += got.getValue();
                }
                return buffer.getByteArray(0, done);
            });
        }
    }

    byte[] readLink(Inode inode) {
        int length = (int) Math.min(inode.length(), 4096);
        return Ext2Library.ext2fs_is_fast_symlink(inode.raw()) != 0
                ? Arrays.copyOf(inode.blockArea(), Math.min(length, 60))
                : readFile(inode.number(), length);
    }

    void setLength(int number, long length) {
        withFile(number, Ext2Library.FILE_WRITE, file -> {
            check("set the length of inode " + number, Ext2Library.ext2fs_file_set_size2(file, length));
            return new byte[0];
        });
    }

    void writeFile(int number, byte[] content) {
        setLength(number, content.length);
        overwrite(number, content.length, (buffer, offset, length) -> buffer.write(0, content, offset, length));
    }

    /** Writes zeros over the whole content. */
    void zeroFile(int number, long length) {
        overwrite(number, length, (buffer, offset, count) -> buffer.setMemory(0, count, (byte) 0));
    }

    private interface Filler {
        void fill(Memory buffer, int offset, int length);
    }

    private void overwrite(int number, long length, Filler filler) {
        if (length == 0) {
            return;
        }
        try (Memory buffer = new Memory(CHUNK)) {
            withFile(number, Ext2Library.FILE_WRITE, file -> {
                IntByReference written = new IntByReference();
                for (long done = 0; done < length; done += written.getValue()) {
                    int count = (int) Math.min(CHUNK, length - done);
                    filler.fill(buffer, (int) done, count);
                    check("write inode " + number, Ext2Library.ext2fs_file_write(file, buffer, count, written));
                    if (written.getValue() == 0) {
                        throw failure("write inode " + number, "nothing was written");
                    }
                }
                return new byte[0];
            });
        }
    }

    private interface FileWork {
        byte[] run(Pointer file);
    }

    private byte[] withFile(int number, int flags, FileWork work) {
        PointerByReference file = new PointerByReference();
        check("open inode " + number, Ext2Library.ext2fs_file_open(fs, number, flags, file));
        try {
            return work.run(file.getValue());
        } finally {
            check("close inode " + number, Ext2Library.ext2fs_file_close(file.getValue()));
        }
    }

    Map<String, Bytes> xattrs(int number) {
        Map<String, Bytes> result = new TreeMap<>();
        withXattrs(
                number,
                xattrs -> Ext2Library.ext2fs_xattrs_iterate(
                        xattrs,
                        (name, value, length, data) -> {
                            result.put(name.getString(0, "UTF-8"), Bytes.of(value.getByteArray(0, (int) length)));
                            return 0;
                        },
                        null));
        return result;
    }

    void setXattr(int number, String name, Bytes value) {
        byte[] key = cString(name.getBytes(StandardCharsets.UTF_8));
        withXattrs(number, xattrs -> Ext2Library.ext2fs_xattr_set(xattrs, key, value.toArray(), value.size()));
    }

    void removeXattr(int number, String name) {
        byte[] key = cString(name.getBytes(StandardCharsets.UTF_8));
        withXattrs(number, xattrs -> {
            long error = Ext2Library.ext2fs_xattr_remove(xattrs, key);
            return error == Ext2Library.XATTR_NOT_FOUND ? 0 : error;
        });
    }

    private interface XattrWork {
        long run(Pointer xattrs);
    }

    private void withXattrs(int number, XattrWork work) {
        PointerByReference xattrs = new PointerByReference();
        check("open attributes of inode " + number, Ext2Library.ext2fs_xattrs_open(fs, number, xattrs));
        try {
            check("read attributes of inode " + number, Ext2Library.ext2fs_xattrs_read(xattrs.getValue()));
            check("use attributes of inode " + number, work.run(xattrs.getValue()));
        } finally {
            check("close attributes of inode " + number, Ext2Library.ext2fs_xattrs_close(xattrs));
        }
    }

    int groups() {
        return fs.getInt(OFFSET_GROUPS);
    }

    boolean groupHas(int group, int flag) {
        return Ext2Library.ext2fs_bg_flags_test(fs, group, (short) flag) != 0;
    }

    long blockBitmapAt(int group) {
        return Ext2Library.ext2fs_block_bitmap_loc(fs, group);
    }

    long inodeBitmapAt(int group) {
        return Ext2Library.ext2fs_inode_bitmap_loc(fs, group);
    }

    long inodeTableAt(int group) {
        return Ext2Library.ext2fs_inode_table_loc(fs, group);
    }

    /** One bit per block, the first being {@code start}; {@code count} a multiple of 8. */
    byte[] blockBits(long start, int count) {
        byte[] bits = new byte[(count + 7) / 8];
        check(
                "read the block bitmap",
                Ext2Library.ext2fs_get_block_bitmap_range2(fs.getPointer(OFFSET_BLOCK_MAP), start, count, bits));
        return bits;
    }

    /** One bit per inode of a group. */
    byte[] inodeBits(int group) {
        int count = (int) superblock.inodesPerGroup();
        byte[] bits = new byte[(count + 7) / 8];
        long start = (long) group * count + 1;
        check(
                "read the inode bitmap",
                Ext2Library.ext2fs_get_inode_bitmap_range2(fs.getPointer(OFFSET_INODE_MAP), start, count, bits));
        return bits;
    }

    /** Blocks of the journal in their order, holes left out; empty without an internal journal. */
    List<Long> journalBlocks() {
        if (!superblock.hasJournal() || lengthOf(JOURNAL) == 0) {
            return List.of();
        }
        List<Long> blocks = new ArrayList<>();
        long count = lengthOf(JOURNAL) / superblock.blockSize();
        LongByReference physical = new LongByReference();
        for (long block = 0; block < count; block++) {
            check("map the journal", Ext2Library.ext2fs_bmap2(fs, JOURNAL, null, null, 0, block, null, physical));
            if (physical.getValue() != 0) {
                blocks.add(physical.getValue());
            }
        }
        return blocks;
    }

    private long lengthOf(int number) {
        return inode(number).length();
    }

    /** Writes everything back. */
    @Override
    public void close() {
        if (handle.getValue() != null) {
            check("write back", Ext2Library.ext2fs_close_free(handle));
            handle.setValue(null);
        }
    }

    private void check(String what, long error) {
        if (error == Ext2Library.ENOSPC) {
            throw DiskFull.error(file);
        }
        if (error != 0) {
            throw failure(what, Ext2Library.message(error));
        }
    }

    private ImageException failure(String what, String why) {
        return ImageException.of(
                ImageException.Kind.SOURCE,
                "Cannot " + what + " of " + subject,
                why,
                "Check the file system with e2fsck on a copy of the medium.");
    }

    private static byte[] cString(byte[] text) {
        return Arrays.copyOf(text, text.length + 1);
    }
}
