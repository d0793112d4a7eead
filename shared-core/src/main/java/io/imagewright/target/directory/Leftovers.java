package io.imagewright.target.directory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Unfinished work beside the versions of an image. To the holder of their lock, all that is found was left by a run that ended. */
final class Leftovers {

    /** A version that is not whole: being written, or being removed. */
    static final Kind VERSION = new Kind(".version-");

    /** A link that is to become the latest one. */
    static final Kind LINK = new Kind(".latest-");

    /** Before the name of a version that another one is to replace. */
    private static final String REPLACED = ".replaced-";

    private final Path directory;
    private final StoreFiles files;

    /** @param lock held as long as this is used */
    Leftovers(StoreLock lock, StoreFiles files) {
        this.directory = lock.directory();
        this.files = files;
    }

    /** What one of them is for. */
    record Kind(String prefix) {

        /** A new name. */
        Path in(Path directory) {
            return directory.resolve(prefix + UUID.randomUUID());
        }
    }

    static Path replaced(Path directory, String version) {
        return directory.resolve(REPLACED + version);
    }

    /** Removes them. A version whose replacement did not come gets its name back. */
    void sweep() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, ".*")) {
            entries.forEach(found::add);
        }
        for (Path entry : found) {
            String name = String.valueOf(entry.getFileName());
            if (name.startsWith(REPLACED)) {
                restore(entry, directory.resolve(name.substring(REPLACED.length())));
            } else if (name.startsWith(VERSION.prefix()) || name.startsWith(LINK.prefix())) {
                files.delete(entry);
            }
        }
    }

    /** The same at the end of a run that failed; the next run removes what stays. */
    void sweepAfter(Exception failure) {
        try {
            sweep();
        } catch (IOException stays) {
            failure.addSuppressed(stays);
        }
    }

    private void restore(Path replaced, Path place) throws IOException {
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            // under a name of its own: half of it removed must not come back
            Path removed = VERSION.in(directory);
            files.move(replaced, removed);
            files.delete(removed);
        } else {
            files.move(replaced, place);
        }
    }
}
