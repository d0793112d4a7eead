package io.imagewright.target.directory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.imagewright.error.ImageException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other programs from writing to the versions of the same image. The system gives the lock back when its holder ends, whatever ends it. The file
 * itself stays: to remove it would let two programs hold locks of different files.
 */
final class StoreLock implements AutoCloseable {

    static final String FILE_NAME = ".lock";

    private static final int PAUSE_MILLIS = 200;

    /** Those of this program: to open and close the file of one would give its lock back (fcntl(2)). */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path file;
    private final FileChannel channel;

    private StoreLock(Path directory, Path file, FileChannel channel) {
        this.directory = directory;
        this.file = file;
        this.channel = channel;
    }

    /**
     * Waits until no other program has it.
     *
     * @param waiting run once, when there is something to wait for
     */
    static StoreLock take(Path directory, Runnable waiting) throws IOException {
        Path file = directory.toRealPath().resolve(FILE_NAME);
        boolean isWaiting = false;
        while (true) {
            if (HELD.add(file)) {
                @Nullable FileChannel channel = null;
                try {
                    channel = locked(file);
                } finally {
                    if (channel == null) {
                        HELD.remove(file);
                    }
                }
                if (channel != null) {
                    return new StoreLock(directory, file, channel);
                }
            }
            if (!isWaiting) {
                waiting.run();
                isWaiting = true;
            }
            pause(directory);
        }
    }

    private static @Nullable FileChannel locked(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        boolean isTaken = false;
        try {
            isTaken = channel.tryLock() != null;
            return isTaken ? channel : null;
        } catch (OverlappingFileLockException ofAnotherClassLoader) {
            return null;
        } finally {
            if (!isTaken) {
                channel.close();
            }
        }
    }

    private static void pause(Path directory) {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw ImageException.of(
                    ImageException.Kind.CANCELLED,
                    "Stopped before " + directory + " was changed",
                    "the build was cancelled",
                    "",
                    stopped);
        }
    }

    /** Where the versions are. */
    Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }
}
