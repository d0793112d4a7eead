package io.imagewright.guest.direct;

import java.util.Set;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@code libext2fs.so.2} that this engine calls, under their own names (source: {@code ext2fs/ext2fs.h} of e2fsprogs
 * 1.47; the ABI is stable within the major version). {@code errcode_t} and {@code blk64_t} are 64 bits, inode numbers 32. File
 * systems, files and handles are opaque pointers.
 */
final class Ext2Library {

    static final int FLAG_RW = 0x1;
    static final int FLAG_64BITS = 0x20000;
    static final int FILE_WRITE = 0x1;
    static final int DIRENT_CHANGED = 1;

    /** DIRENT_FLAG_INCLUDE_EMPTY: entries without an inode, too. */
    static final int DIRENT_EMPTY = 1;

    static final int GROUP_INODE_UNINIT = 0x1;
    static final int GROUP_BLOCK_UNINIT = 0x2;

    /** Moves of {@code ext2fs_extent_get}: to the root, and to what comes next in depth-first order. */
    static final int EXTENT_ROOT = 0x1;

    static final int EXTENT_NEXT = 0x9;

    /** BLOCK_FLAG_DATA_ONLY and BLOCK_FLAG_READ_ONLY of {@code ext2fs_block_iterate3}. */
    static final int DATA_BLOCKS_TO_READ = 0x4 | 0x8;

    /** BLOCK_ABORT: what a callback gives to be called no more. */
    static final int STOP = 2;

    /** Flags of an extent. */
    static final int EXTENT_LEAF = 0x1;

    static final int EXTENT_UNINIT = 0x2;

    /** EXT2_FALLOCATE_FORCE_INIT: the blocks count as written. */
    static final int BLOCKS_WRITTEN = 0x2;

    /** EXT2_ET_DIR_NO_SPACE of {@code ext2fs/ext2_err.h}. */
    static final long NO_SPACE_IN_DIRECTORY = 2133571366L;

    /** EXT2_ET_BLOCK_ALLOC_FAIL and EXT2_ET_INODE_ALLOC_FAIL: the guest's file system is full. */
    static final Set<Long> FULL = Set.of(2133571400L, 2133571401L);

    /** Of errno(3), handed through: no space for the file that holds the file system. */
    static final long ENOSPC = 28;

    /** EXT2_ET_FILE_NOT_FOUND. */
    static final long FILE_NOT_FOUND = 2133571404L;

    /** EXT2_ET_EXTENT_NO_NEXT: the end of the extents of an inode. */
    static final long NO_NEXT_EXTENT = 2133571452L;

    /** EXT2_ET_EA_KEY_NOT_FOUND. */
    static final long XATTR_NOT_FOUND = 2133571490L;

    /** EXT2_ET_EA_BAD_NAME_LEN, EXT2_ET_EA_BAD_VALUE_SIZE, EXT2_ET_EA_NO_SPACE; EINVAL, and ENOMEM of what is too short, for ACLs. */
    static final Set<Long> XATTR_REFUSED = Set.of(2133571486L, 2133571487L, 2133571491L, 22L, 12L);

    private static final NativeLibrary LIBRARY = NativeLibrary.getInstance("libext2fs.so.2");
    private static final NativeLibrary ERRORS = NativeLibrary.getInstance("libcom_err.so.2");

    static {
        Native.register(Ext2Library.class, LIBRARY);
        LIBRARY.getFunction("initialize_ext2_error_table").invokeVoid(new Object[0]);
    }

    private Ext2Library() {}

    /** Called for each entry of a directory; the pointer is a {@code struct ext2_dir_entry}. */
    interface DirectoryEntry extends Callback {
        int invoke(int directory, int kind, Pointer entry, int offset, int blockSize, Pointer buffer, Pointer data);
    }

    /** Called for each extended attribute; returning non-zero ends the iteration. */
    interface Attribute extends Callback {
        int invoke(Pointer name, Pointer value, long length, Pointer data);
    }

    /** Called for each block of a file; the number of the block on the disk is where the first pointer points. */
    interface Block extends Callback {
        int invoke(Pointer fs, Pointer number, long index, long reference, int referenceOffset, Pointer data);
    }

    static Pointer unixIoManager() {
        return LIBRARY.getGlobalVariableAddress("unix_io_manager").getPointer(0);
    }

    static String message(long error) {
        Pointer text = (Pointer) ERRORS.getFunction("error_message").invoke(Pointer.class, new Object[] {error});
        return text == null ? "error " + error : text.getString(0);
    }

    static native long ext2fs_open2(
            byte[] name,
            byte @Nullable [] options,
            int flags,
            int superblock,
            int blockSize,
            Pointer manager,
            PointerByReference fs);

    static native long ext2fs_close_free(PointerByReference fs);

    static native long ext2fs_read_bitmaps(Pointer fs);

    static native long ext2fs_get_block_bitmap_range2(Pointer bitmap, long start, long count, byte[] out);

    static native long ext2fs_get_inode_bitmap_range2(Pointer bitmap, long start, long count, byte[] out);

    static native int ext2fs_bg_flags_test(Pointer fs, int group, short flag);

    static native long ext2fs_block_bitmap_loc(Pointer fs, int group);

    static native long ext2fs_inode_bitmap_loc(Pointer fs, int group);

    static native long ext2fs_inode_table_loc(Pointer fs, int group);

    static native int ext2fs_default_journal_size(long blocks);

    static native long ext2fs_bmap2(
            Pointer fs,
            int inode,
            @Nullable Pointer inodeBuffer,
            @Nullable Pointer blockBuffer,
            int flags,
            long block,
            @Nullable IntByReference returnFlags,
            LongByReference physical);

    static native long ext2fs_lookup(
            Pointer fs, int directory, byte[] name, int length, @Nullable Pointer buffer, IntByReference inode);

    static native long ext2fs_dir_iterate2(
            Pointer fs,
            int directory,
            int flags,
            @Nullable Pointer buffer,
            DirectoryEntry callback,
            @Nullable Pointer data);

    /** Not zero for a block that is sound, or of a file system without checksums. */
    static native int ext2fs_dir_block_csum_verify(Pointer fs, int directory, byte[] block);

    static native long ext2fs_write_dir_block4(Pointer fs, long block, byte[] buffer, int flags, int directory);

    static native long ext2fs_read_inode_full(Pointer fs, int inode, Pointer buffer, int size);

    static native long ext2fs_write_inode_full(Pointer fs, int inode, Pointer buffer, int size);

    static native long ext2fs_new_inode(
            Pointer fs, int directory, int mode, @Nullable Pointer bitmap, IntByReference inode);

    static native long ext2fs_write_new_inode(Pointer fs, int inode, Pointer buffer);

    static native void ext2fs_inode_alloc_stats2(Pointer fs, int inode, int inUse, int isDirectory);

    static native int ext2fs_inode_has_valid_blocks2(Pointer fs, Pointer inode);

    static native int ext2fs_is_fast_symlink(Pointer inode);

    static native long ext2fs_punch(
            Pointer fs, int inode, Pointer inodeBuffer, @Nullable Pointer blockBuffer, long start, long end);

    static native long ext2fs_free_ext_attr(Pointer fs, int inode, Pointer inodeBuffer);

    static native long ext2fs_block_iterate3(
            Pointer fs, int inode, int flags, @Nullable Pointer blockBuffer, Block callback, @Nullable Pointer data);

    static native long ext2fs_extent_open2(Pointer fs, int inode, Pointer inodeBuffer, PointerByReference handle);

    static native long ext2fs_extent_get(Pointer handle, int move, Pointer extent);

    static native void ext2fs_extent_free(Pointer handle);

    static native long ext2fs_link(Pointer fs, int directory, byte[] name, int inode, int fileType);

    static native long ext2fs_mkdir(Pointer fs, int parent, int inode, byte @Nullable [] name);

    static native long ext2fs_symlink(Pointer fs, int parent, int inode, byte @Nullable [] name, byte[] target);

    /** Gives an inode that has its content in itself blocks for it. */
    static native long ext2fs_inline_data_expand(Pointer fs, int inode);

    static native void ext2fs_mmp_csum_set(Pointer fs, byte[] block);

    /** Gives an inode blocks from the first to be written on; a goal of -1 lets the library choose where. */
    static native long ext2fs_fallocate(
            Pointer fs, int flags, int inode, @Nullable Pointer inodeBuffer, long goal, long start, long length);

    static native long ext2fs_expand_dir(Pointer fs, int directory);

    static native long ext2fs_file_open(Pointer fs, int inode, int flags, PointerByReference file);

    static native long ext2fs_file_read(Pointer file, Pointer buffer, int wanted, IntByReference got);

    static native long ext2fs_file_llseek(Pointer file, long offset, int whence, @Nullable LongByReference position);

    static native long ext2fs_file_write(Pointer file, Pointer buffer, int length, IntByReference written);

    static native long ext2fs_file_set_size2(Pointer file, long size);

    static native long ext2fs_file_close(Pointer file);

    static native long ext2fs_xattrs_open(Pointer fs, int inode, PointerByReference handle);

    static native long ext2fs_xattrs_read(Pointer handle);

    static native long ext2fs_xattrs_iterate(Pointer handle, Attribute callback, @Nullable Pointer data);

    static native long ext2fs_xattr_get(Pointer handle, byte[] name, PointerByReference value, LongByReference length);

    static native long ext2fs_free_mem(PointerByReference memory);

    static native long ext2fs_xattr_set(Pointer handle, byte[] name, byte[] value, long length);

    static native long ext2fs_xattr_remove(Pointer handle, byte[] name);

    static native long ext2fs_xattrs_close(PointerByReference handle);
}
