package io.imagewright.disk;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.sun.jna.Native;
import com.sun.jna.ptr.LongByReference;

/**
 * A file with holes, or a block device. Offsets and lengths are bytes. Not thread-safe.
 *
 * <p>A write for which the disk has no space left raises {@link DiskFull#error}, an {@link io.imagewright.error.ImageException}.
 */
public final class SparseFile implements DiskReader {

    private static final int STAGING = 256 << 10;

    /** Of a {@code struct flock}: type and whence (2 bytes each), start at 8, length at 16, process. */
    private static final int FLOCK_BYTES = 32;

    private static final int STATX_BYTES = 256;
    private static final int STATX_BLOCKS_OFFSET = 48;

    private final Path path;
    private final int descriptor;
    private boolean closed;
    private ByteBuffer staging = ByteBuffer.allocate(0);

    private SparseFile(Path path, int flags) throws IOException {
        this.path = path;
        this.descriptor = LibC.open(nativeName(path), flags | LibC.O_CLOEXEC, 0666);
        if (descriptor < 0) {
            throw failure("open");
        }
    }

    /** Opens an existing file or block device for reading only. */
    public static SparseFile openRead(Path path) throws IOException {
        return new SparseFile(path, LibC.O_RDONLY);
    }

    /** Opens an existing file for reading and writing. */
    public static SparseFile openWrite(Path path) throws IOException {
        return new SparseFile(path, LibC.O_RDWR);
    }

    /** Makes a file of this size, all hole; what the file held before is lost. */
    public static SparseFile create(Path path, long size) throws IOException {
        SparseFile file = new SparseFile(path, LibC.O_RDWR | LibC.O_CREAT | LibC.O_TRUNC);
        try {
            file.setSize(size);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
        return file;
    }

    /** Whether something has this block device for itself; false where that cannot be found out. */
    static boolean isBusyDevice(Path device) throws IOException {
        int descriptor = LibC.open(nativeName(device), LibC.O_RDONLY | LibC.O_EXCL | LibC.O_CLOEXEC, 0);
        if (descriptor < 0) {
            return Native.getLastError() == LibC.EBUSY;
        }
        LibC.close(descriptor);
        return false;
    }

    /**
     * Whether a lock of another program, or of another opening of the file, conflicts with one here. Takes no lock.
     *
     * @param length bytes; 0 for all up to the end, wherever that may be
     * @param exclusive whether a shared lock of others conflicts, too
     * @return false, too, where the file system knows no such locks
     */
    boolean isLockedByOthers(long offset, long length, boolean exclusive) {
        ByteBuffer lock = ByteBuffer.allocate(FLOCK_BYTES).order(ByteOrder.nativeOrder());
        lock.putShort(0, exclusive ? LibC.F_WRLCK : LibC.F_RDLCK)
                .putLong(8, offset)
                .putLong(16, length);
        byte[] bytes = lock.array();
        return LibC.fcntl(open(), LibC.F_OFD_GETLK, bytes) == 0
                && ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getShort(0) != LibC.F_UNLCK;
    }

    /** The name that it was opened by. */
    public Path path() {
        return path;
    }

    /** By seeking to the end, which works for block devices too. */
    @Override
    public long size() {
        long size = LibC.lseek(open(), 0, LibC.SEEK_END);
        if (size < 0) {
            throw new UncheckedIOException(failure("find the size of"));
        }
        return size;
    }

    /** Cuts the file, or lengthens it by a hole. */
    public void setSize(long size) throws IOException {
        check(LibC.ftruncate(open(), size), "set the size of");
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
        long position = offset;
        while (target.hasRemaining()) {
            ByteBuffer piece = target.isDirect() ? target.slice() : staged(target.remaining());
            long count = LibC.pread(open(), piece, piece.remaining(), position);
            if (count < 0) {
                retryIfInterrupted("read");
            } else if (count == 0) {
                throw new EOFException(path + " ends before byte " + (position + target.remaining()));
            } else {
                advance(target, piece, (int) count);
                position += count;
            }
        }
    }

    private static void advance(ByteBuffer target, ByteBuffer piece, int count) {
        if (target.isDirect()) {
            target.position(target.position() + count);
        } else {
            target.put(piece.limit(count));
        }
    }

    /** Writes all that remains in the buffer. */
    public void write(long offset, ByteBuffer source) throws IOException {
        long position = offset;
        while (source.hasRemaining()) {
            ByteBuffer piece = source.isDirect() ? source.slice() : stagedCopy(source);
            long count = LibC.pwrite(open(), piece, piece.remaining(), position);
            if (count < 0) {
                retryIfInterrupted("write");
            } else {
                source.position(source.position() + (int) count);
                position += count;
            }
        }
    }

    /**
     * Copies bytes of another file inside the kernel; file systems that can (XFS, btrfs) share them instead.
     *
     * @return the bytes copied; fewer than asked where the two files allow no more of it this way, 0 when nothing at all
     */
    long copyFrom(SparseFile source, long sourceOffset, long offset, long length) throws IOException {
        LongByReference from = new LongByReference(sourceOffset);
        LongByReference to = new LongByReference(offset);
        long done = 0;
        while (done < length) {
            long count = LibC.copy_file_range(source.open(), from, open(), to, length - done, 0);
            if (count == 0 || (count < 0 && LibC.NO_KERNEL_COPY.contains(Native.getLastError()))) {
                break;
            }
            if (count < 0) {
                retryIfInterrupted("copy to");
            } else {
                done += count;
            }
        }
        return done;
    }

    /**
     * The runs of the range that are not holes, in order. Where holes are unknown (block devices, some file systems) the
     * whole range. What lies behind the end of the file is no data.
     */
    public List<Extent> dataExtents(long offset, long length) throws IOException {
        long end = Math.min(Math.addExact(offset, length), size());
        List<Extent> extents = new ArrayList<>();
        long position = offset;
        while (position < end) {
            long data = LibC.lseek(open(), position, LibC.SEEK_DATA);
            if (data < 0 && Native.getLastError() == LibC.ENXIO) {
                break;
            }
            long hole = data < 0 ? data : LibC.lseek(open(), data, LibC.SEEK_HOLE);
            if (hole < 0) {
                return List.of(new Extent(offset, end - offset));
            }
            if (data >= end) {
                break;
            }
            extents.add(new Extent(data, Math.min(hole, end) - data));
            position = hole;
        }
        return extents;
    }

    /** Turns the range into a hole; writes zeros where the file system cannot. The size of the file stays. */
    public void punch(long offset, long length) throws IOException {
        long end = Math.min(Math.addExact(offset, length), size());
        if (end <= offset) {
            return;
        }
        if (LibC.fallocate(open(), LibC.PUNCH_HOLE, offset, end - offset) == 0) {
            return;
        }
        int error = Native.getLastError();
        if (error != LibC.EOPNOTSUPP && error != LibC.ENOSYS && error != LibC.ENODEV) {
            throw failure("punch a hole into");
        }
        ByteBuffer zeros = ByteBuffer.allocateDirect(STAGING);
        for (long position = offset; position < end; position += STAGING) {
            write(position, zeros.clear().limit((int) Math.min(STAGING, end - position)));
        }
    }

    /** Bytes that the file takes on its disk. */
    public long storedSize() throws IOException {
        byte[] result = new byte[STATX_BYTES];
        check(LibC.statx(open(), new byte[1], LibC.AT_EMPTY_PATH, LibC.STATX_BLOCKS, result), "look at");
        return ByteBuffer.wrap(result).order(ByteOrder.nativeOrder()).getLong(STATX_BLOCKS_OFFSET) * 512;
    }

    /** Waits until all that was written is on the disk. */
    public void sync() throws IOException {
        check(LibC.fsync(open()), "sync");
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            check(LibC.close(descriptor), "close");
        }
    }

    private int open() {
        if (closed) {
            throw new IllegalStateException(path + " is closed");
        }
        return descriptor;
    }

    private ByteBuffer staged(int length) {
        if (staging.capacity() < Math.min(length, STAGING)) {
            staging = ByteBuffer.allocateDirect(length <= 4096 ? 4096 : STAGING);
        }
        return staging.clear().limit(Math.min(length, staging.capacity()));
    }

    private ByteBuffer stagedCopy(ByteBuffer source) {
        ByteBuffer piece = staged(source.remaining());
        return piece.put(source.slice().limit(piece.remaining())).flip();
    }

    private void retryIfInterrupted(String verb) throws IOException {
        if (Native.getLastError() != LibC.EINTR) {
            throw failure(verb);
        }
    }

    private void check(int result, String verb) throws IOException {
        if (result != 0) {
            throw failure(verb);
        }
    }

    private IOException failure(String verb) {
        int error = Native.getLastError();
        return switch (error) {
            case LibC.ENOSPC, LibC.EDQUOT -> throw DiskFull.error(path);
            case LibC.ENOENT -> new NoSuchFileException(path.toString());
            case LibC.EACCES -> new AccessDeniedException(path.toString());
            default -> new IOException("cannot " + verb + " " + path + ": " + LibC.strerror(error));
        };
    }

    /** As the JDK itself encodes names, with the final NUL of C. */
    private static byte[] nativeName(Path path) {
        String encoding = System.getProperty("sun.jnu.encoding", "");
        Charset charset = encoding.isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(encoding);
        byte[] name = path.toString().getBytes(charset);
        return Arrays.copyOf(name, name.length + 1);
    }
}
