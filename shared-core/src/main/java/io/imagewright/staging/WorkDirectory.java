package io.imagewright.staging;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.error.ImageException;
import org.jspecify.annotations.Nullable;

/**
 * A directory for the unfinished files of one build. It is locked while the build lives; {@link #create} first removes those in the same
 * parent whose lock nobody holds, which a killed build left. Closing removes it with all that it holds, and the directories above that were made
 * for it and are empty.
 */
public final class WorkDirectory implements AutoCloseable {

    private static final String PREFIX = ".imagewright-";
    private static final String UNLOCKED = PREFIX + "new-";
    private static final String LOCK = "lock";

    /** How often what cannot be deleted is tried again, a tenth of a second apart. */
    private static final int ATTEMPTS = 30;

    /** A directory still without its lock is a start that was killed when it is older than this. */
    private static final Duration STARTING = Duration.ofHours(1);

    private final Path path;
    private final FileChannel channel;

    /** Directories above that did not exist before, the innermost first. */
    private final List<Path> made;

    private WorkDirectory(Path path, FileChannel channel, List<Path> made) {
        this.path = path;
        this.channel = channel;
        this.made = made;
    }

    /**
     * Makes one in this parent, which is made when missing.
     *
     * @throws ImageException ENVIRONMENT when the parent cannot be written
     */
    static WorkDirectory create(Path parent) {
        try {
            List<Path> made = missing(parent);
            return locked(parent, fresh(parent), made);
        } catch (IOException failure) {
            Cancelled.check("Stopped before the work began");
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot write to " + parent,
                    reason(failure),
                    "Make the directory writable or choose another one.",
                    failure);
        }
    }

    /** Another build may remove the parent that it made just now, when it fails. */
    private static Path fresh(Path parent) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.createDirectories(parent);
                sweep(parent);
                return Files.createTempDirectory(parent, UNLOCKED);
            } catch (NoSuchFileException removed) {
                if (attempt == ATTEMPTS) {
                    throw removed;
                }
            }
        }
    }

    private static List<Path> missing(Path parent) {
        List<Path> missing = new ArrayList<>();
        @Nullable Path directory = parent.toAbsolutePath();
        while (directory != null && !Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            missing.add(directory);
            directory = directory.getParent();
        }
        return missing;
    }

    /** Locks a fresh directory; the name that others look at appears with the lock held. */
    private static WorkDirectory locked(Path parent, Path fresh, List<Path> made) throws IOException {
        try {
            FileChannel channel =
                    FileChannel.open(fresh.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                channel.lock();
                String random = fresh.getFileName().toString().substring(UNLOCKED.length());
                Path path = parent.resolve(PREFIX + ProcessHandle.current().pid() + "-" + random);
                return new WorkDirectory(Files.move(fresh, path), channel, made);
            } catch (IOException failure) {
                channel.close();
                throw failure;
            }
        } catch (IOException failure) {
            deleteTree(fresh);
            throw failure;
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "a file is in its place";
        }
        if (failure instanceof NoSuchFileException) {
            return "its file system takes no new files"; // as /proc and /sys, where the directory itself is there
        }
        if (failure instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return failure.getClass().getSimpleName().replace("Exception", "") + " " + failure.getMessage();
    }

    public Path path() {
        return path;
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    /** A directory inside. */
    public Path directory(String name) {
        try {
            return Files.createDirectory(path.resolve(name));
        } catch (IOException failure) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot write to " + path,
                    reason(failure),
                    "Check the file system that holds it.",
                    failure);
        }
    }

    private static void sweep(Path parent) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent, PREFIX + "*")) {
            entries.forEach(found::add);
        }
        // our own: to open and close its lock file would release the lock of another thread's build (fcntl(2))
        String own = PREFIX + ProcessHandle.current().pid() + "-";
        for (Path entry : found) {
            boolean mine = entry.getFileName().toString().startsWith(own);
            if (!mine && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) && isAbandoned(entry)) {
                try {
                    deleteTree(entry);
                } catch (IOException stays) {
                    // a mount that a killed build left, for example: no reason why this build should not begin
                }
            }
        }
    }

    private static boolean isAbandoned(Path directory) {
        if (directory.getFileName().toString().startsWith(UNLOCKED)) {
            return isOld(directory);
        }
        try (FileChannel channel =
                        FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                @Nullable FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException held) {
            return false;
        } catch (IOException notOurs) {
            // another user's, or half deleted by another sweep
            return isOld(directory) && Files.isWritable(directory);
        }
    }

    private static boolean isOld(Path directory) {
        try {
            FileTime modified = Files.getLastModifiedTime(directory, LinkOption.NOFOLLOW_LINKS);
            return modified.toInstant().isBefore(Instant.now().minus(STARTING));
        } catch (IOException gone) {
            return false;
        }
    }

    /** A mount of the guest in it ends a moment after the worker that was killed. */
    private static void deleteTreeSoon(Path top) throws IOException {
        for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
            try {
                deleteTree(top);
                return;
            } catch (IOException busy) {
                try {
                    Thread.sleep(100);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
        }
        deleteTree(top);
    }

    private static void deleteTree(Path top) throws IOException {
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void removeMade() {
        try {
            for (Path directory : made) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException notEmpty) {
            // finished images, or another build's work, are in it
        }
    }

    /** Removes everything in it and itself, and what was made for it. May be called twice. */
    @Override
    public void close() {
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                deleteTreeSoon(path);
            }
            channel.close();
            removeMade();
        } catch (IOException failure) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot remove " + path,
                    reason(failure),
                    "Remove it by hand.",
                    failure);
        }
    }
}
