package io.imagewright.staging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

import io.imagewright.disk.SparseFile;
import io.imagewright.error.FileFailure;
import io.imagewright.error.ImageException;

/**
 * Gives finished files their final names. The manifest is what says that a set of files belongs together: the old one goes first and
 * the new one comes last, so that a kill in between never leaves files of two builds under one manifest. What has begun is done to its
 * end, whoever interrupts the thread: it takes no time, and half of it would be worth nothing.
 */
public final class Delivery {

    private final Path directory;
    private final List<Path> staged = new ArrayList<>();

    public Delivery(Path directory) {
        this.directory = directory;
    }

    /** A whole, synced file in a directory of the same file system; delivered in the order of these calls. */
    public Path add(Path file) {
        staged.add(file);
        return directory.resolve(file.getFileName());
    }

    /**
     * Moves all to their places.
     *
     * @param manifest comes last
     * @param outdated files of an earlier build that belong to none of the new ones
     */
    public void deliver(Path manifest, List<Path> outdated) {
        Path finalManifest = directory.resolve(manifest.getFileName());
        try {
            Files.deleteIfExists(finalManifest);
            for (Path file : outdated) {
                Files.deleteIfExists(file);
            }
            sync();
            for (Path file : staged) {
                move(file);
            }
            sync();
            move(manifest);
            sync();
        } catch (IOException failure) {
            throw ImageException.of(
                    ImageException.Kind.ENVIRONMENT,
                    "Cannot put the finished files into " + directory,
                    FileFailure.reason(failure),
                    "Check that the directory can be written, and build again.",
                    failure);
        }
    }

    private void move(Path file) throws IOException {
        Files.move(file, directory.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes the names durable: fsync(2) of a directory. Not by a channel of the JDK, as an interrupt closes those. */
    private void sync() throws IOException {
        try (SparseFile names = SparseFile.openRead(directory)) {
            names.sync();
        }
    }
}
