package io.imagewright.guest.libguestfs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.imagewright.api.ApplianceSettings;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;
import org.jspecify.annotations.Nullable;

/**
 * The right to run one appliance: a lock on one of as many files as there may be appliances on this machine, whoever's they are. The kernel lets go of it when
 * the process ends, however that happens.
 */
final class ApplianceSlot implements AutoCloseable {

    private static final Path DIRECTORY = Path.of("/var/tmp/imagewright-appliances");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d{1,12}) kB");
    private static final long POLL_MILLIS = 500;

    private final FileChannel channel;

    private ApplianceSlot(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for one.
     *
     * @param waiting receives, once, why there is none yet
     * @throws ImageException CANCELLED when the thread is interrupted; ENVIRONMENT when the lock files cannot be made
     */
    static ApplianceSlot acquire(ApplianceSettings settings, Consumer<String> waiting) {
        return acquire(DIRECTORY, machines(settings), waiting);
    }

    static ApplianceSlot acquire(Path directory, int machines, Consumer<String> waiting) {
        boolean reported = false;
        try {
            makeDirectory(directory);
            while (true) {
                for (int i = 0; i < machines; i++) {
                    FileChannel channel = open(directory.resolve("slot-" + i));
                    if (locked(channel)) {
                        return new ApplianceSlot(channel);
                    }
                    channel.close();
                }
                if (!reported) {
                    waiting.accept("Waiting for another build: " + machines
                            + (machines == 1 ? " appliance runs" : " appliances run")
                            + " on this machine, and that is as many as may run at a time.");
                    reported = true;
                }
                Thread.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw ImageException.of(
                    ImageException.Kind.CANCELLED,
                    "Stopped while waiting for another appliance to end",
                    "the build was cancelled",
                    "");
        } catch (IOException failure) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot count the appliances on this machine",
                    FileFailure.reason(failure),
                    "Make " + directory + " a directory that everybody may write to (mode 1777), or remove it.",
                    failure);
        }
    }

    /** What was asked for, or what half of the free memory holds. */
    private static int machines(ApplianceSettings settings) {
        if (settings.machines() > 0) {
            return settings.machines();
        }
        try {
            Matcher available = AVAILABLE.matcher(Files.readString(MEMORY));
            return available.find()
                    ? (int) Math.max(1, Long.parseLong(available.group(1)) / 1024 / 2 / settings.actualMemory())
                    : 1;
        } catch (IOException unknown) {
            return 1;
        }
    }

    private static void makeDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.createDirectory(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
            // Java has no word for the sticky bit, which keeps users from deleting each other's files
            Files.setAttribute(directory, "unix:mode", 01777);
        } catch (FileAlreadyExistsException another) {
            // made it in the meantime
        }
    }

    /** Without asking to make it where it is there: in a sticky directory the kernel allows that to the owner only (fs.protected_regular). */
    private static FileChannel open(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException first) {
            try {
                Files.createFile(file);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            } catch (FileAlreadyExistsException another) {
                // made it in the meantime
            }
            return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldHere) {
            return false;
        }
    }

    /** Gives the right to the next. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // the kernel has let go of the lock all the same
        }
    }
}
