package io.imagewright.hive;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.imagewright.error.ImageException;

/**
 * A file that lies in memory only and has no name, see memfd_create(2): nothing of it is left, however this process ends. It goes when it is
 * closed, or when nobody knows it any longer.
 */
public final class MemoryFile implements AutoCloseable {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final int CLOSE_ON_EXEC = 1;
    private static final int PIECE = 1 << 20;

    /** The functions of the C library. */
    private static final class LibC {

        static {
            Native.register(LibC.class, NativeLibrary.getInstance("libc.so.6"));
        }

        private LibC() {}

        static native int memfd_create(byte[] name, int flags);

        static native int close(int fd);
    }

    private final Path path;
    private final Cleaner.Cleanable closing;

    private MemoryFile(int fd) {
        this.path = Path.of("/proc/self/fd/" + fd);
        this.closing = CLEANER.register(this, () -> LibC.close(fd));
    }

    /** An empty one. */
    static MemoryFile create() {
        int fd = LibC.memfd_create("hive\0".getBytes(StandardCharsets.US_ASCII), CLOSE_ON_EXEC);
        if (fd < 0) {
            throw failed("memfd_create gives error " + Native.getLastError());
        }
        return new MemoryFile(fd);
    }

    /** By which this process, no other, can open it as long as it is not closed. */
    public Path path() {
        return path;
    }

    /** Bytes. */
    public long size() {
        try (FileChannel channel = open()) {
            return channel.size();
        } catch (IOException failure) {
            throw failed(String.valueOf(failure.getMessage()));
        }
    }

    /** Reads bytes from this place on: as many as fit, or as there are; how many. */
    public int read(long offset, byte[] into) {
        try (FileChannel channel = open()) {
            ByteBuffer buffer = ByteBuffer.wrap(into);
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {
                // until it is full
            }
            return buffer.position();
        } catch (IOException failure) {
            throw failed(String.valueOf(failure.getMessage()));
        }
    }

    /** Takes over so many bytes, or as many as there are. */
    void fill(InputStream content, long size) throws IOException {
        try (FileChannel channel = open()) {
            byte[] piece = new byte[(int) Math.min(PIECE, size)];
            for (long rest = size; rest > 0; ) {
                int got = content.readNBytes(piece, 0, (int) Math.min(piece.length, rest));
                if (got == 0) {
                    break;
                }
                for (ByteBuffer buffer = ByteBuffer.wrap(piece, 0, got); buffer.hasRemaining(); ) {
                    channel.write(buffer);
                }
                rest -= got;
            }
        }
    }

    FileChannel open() throws IOException {
        return FileChannel.open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    @Override
    public void close() {
        closing.clean();
    }

    private static ImageException failed(String reason) {
        return ImageException.of(
                ImageException.Kind.ENVIRONMENT,
                "Cannot use a file in memory",
                reason,
                "Check that /proc is mounted and that memory is left.");
    }
}
