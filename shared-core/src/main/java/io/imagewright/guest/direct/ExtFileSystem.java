package io.imagewright.guest.direct;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import io.imagewright.disk.DiskFull;
import io.imagewright.error.ImageException;

/**
 * One ext2/3/4 file system, opened through libext2fs: inodes by number, no paths. Not thread-safe; one thread
 * owns it from open to close.
 */
final class ExtFileSystem implements AutoCloseable {

    /** Inode number of the root directory. */
    static final int ROOT = 2;

    /** Offset in {@code struct struct_ext2_filsys} of ext2fs.h on a 64-bit machine. */
    private static final int OFFSET_NOW = 184;

    private final Path file;
    private final long offset;
    private final String subject;
    private final Superblock superblock;
    private final long now;
    private final PointerByReference handle;
    private final Pointer fs;
    private final boolean extents;

    private ExtFileSystem(
            Path file, long offset, String subject, Superblock superblock, PointerByReference handle, long now) {
        this.file = file;
        this.offset = offset;
        this.subject = subject;
        this.superblock = superblock;
        this.handle = handle;
        this.fs = handle.getValue();
        this.now = now;
        this.extents = superblock.has(ExtFeature.EXTENT);
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
        superblock.requireUsable(subject);
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
        ExtFileSystem opened = new ExtFileSystem(file, offset, subject, superblock, handle, now);
        try {
            opened.check("read the bitmaps", Ext2Library.ext2fs_read_bitmaps(handle.getValue()));
        } catch (ImageException failure) {
            opened.close();
            throw failure;
        }
        return opened;
    }

    /** {@code ext2_filsys}. */
    Pointer handle() {
        return fs;
    }

    ExtDirectories directories() {
        return new ExtDirectories(this);
    }

    ExtContent content() {
        return new ExtContent(this);
    }

    ExtAttributes attributes() {
        return new ExtAttributes(this);
    }

    ExtAllocation allocation() {
        return new ExtAllocation(this);
    }

    ExtBlocks blocks() {
        return new ExtBlocks(this);
    }

    /** What holds it. */
    Path file() {
        return file;
    }

    /** Bytes from the start of the file. */
    long offset() {
        return offset;
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

    /** Writes everything back. */
    @Override
    public void close() {
        if (handle.getValue() != null) {
            check("write back", Ext2Library.ext2fs_close_free(handle));
            handle.setValue(null);
        }
    }

    void check(String what, long error) {
        if (error == Ext2Library.ENOSPC) {
            throw DiskFull.error(file);
        }
        if (Ext2Library.FULL.contains(error)) {
            throw ImageException.of(
                    ImageException.Kind.SOURCE,
                    "Cannot write into " + subject,
                    "its file system is full",
                    "Put less into the guest, or make that file system larger in the source.");
        }
        if (error != 0) {
            throw failure(what, Ext2Library.message(error));
        }
    }

    ImageException failure(String what, String reason) {
        return failure(what, reason, "Check the file system with e2fsck on a copy of the medium.");
    }

    ImageException failure(String what, String reason, String advice) {
        return ImageException.of(ImageException.Kind.SOURCE, "Cannot " + what + " of " + subject, reason, advice);
    }

    static byte[] cString(byte[] text) {
        return Arrays.copyOf(text, text.length + 1);
    }
}
