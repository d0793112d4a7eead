package io.imagewright.disk;

import java.nio.ByteBuffer;
import java.util.Set;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.ptr.LongByReference;
import io.imagewright.exec.NativeCode;

/**
 * The functions of the C library that Java does not offer for files: holes, and all that works on their descriptor. 64-bit Linux, where {@code
 * size_t} and {@code off_t} are Java's {@code long}. Buffers must be direct; the call starts at the buffer's byte 0, whatever its position.
 */
final class LibC {

    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0100;
    static final int O_EXCL = 0200;
    static final int O_TRUNC = 01000;
    static final int O_CLOEXEC = 02000000;

    static final int SEEK_END = 2;
    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;

    /** {@code FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE}. */
    static final int PUNCH_HOLE = 3;

    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int ENXIO = 6;
    static final int EACCES = 13;
    static final int EBUSY = 16;
    static final int EXDEV = 18;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int ENOSPC = 28;
    static final int ENOSYS = 38;
    static final int EOPNOTSUPP = 95;
    static final int EDQUOT = 122;

    /** The command of fcntl(2) that finds a lock of another open file description, and also those of processes. */
    static final int F_OFD_GETLK = 36;

    static final short F_RDLCK = 0;
    static final short F_WRLCK = 1;
    static final short F_UNLCK = 2;

    /** Errors of copy_file_range(2) by which it says that these two files must be copied some other way. */
    static final Set<Integer> NO_KERNEL_COPY = Set.of(EXDEV, EINVAL, EOPNOTSUPP, ENOSYS);

    /** {@code AT_EMPTY_PATH}: the descriptor itself. */
    static final int AT_EMPTY_PATH = 0x1000;

    /** {@code STATX_BLOCKS}. */
    static final int STATX_BLOCKS = 0x400;

    static {
        NativeCode.load(Platform.C_LIBRARY_NAME);
        Native.register(LibC.class, Platform.C_LIBRARY_NAME);
    }

    private LibC() {}

    static native int open(byte[] path, int flags, int mode);

    static native int close(int descriptor);

    static native long lseek(int descriptor, long offset, int whence);

    static native long pread(int descriptor, ByteBuffer buffer, long count, long offset);

    static native long pwrite(int descriptor, ByteBuffer buffer, long count, long offset);

    static native int ftruncate(int descriptor, long length);

    static native int fallocate(int descriptor, int mode, long offset, long length);

    static native long copy_file_range(
            int from, LongByReference fromOffset, int to, LongByReference toOffset, long count, int flags);

    static native int fsync(int descriptor);

    /** With the commands that take a {@code struct flock}. */
    static native int fcntl(int descriptor, int command, byte[] lock);

    static native int statx(int directory, byte[] path, int flags, int mask, byte[] result);

    static native String strerror(int number);
}
