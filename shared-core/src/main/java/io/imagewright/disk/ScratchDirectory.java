package io.imagewright.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/**
 * A new directory for files that one step needs; closing it deletes them, so that a build does not keep space that no later step uses.
 *
 * @param path of the directory
 */
public record ScratchDirectory(Path path) implements AutoCloseable {

    /**
     * Makes one.
     *
     * @param directory exists
     * @param name beginning of its name there
     */
    public static ScratchDirectory in(Path directory, String name) throws IOException {
        return new ScratchDirectory(Files.createTempDirectory(directory, name));
    }

    /** What cannot be deleted is left to the one who deletes the directory above. */
    @Override
    public void close() {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException left) {
            // goes with the work directory
        }
    }
}
