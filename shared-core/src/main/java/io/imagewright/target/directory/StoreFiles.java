package io.imagewright.target.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.LongConsumer;

import io.imagewright.disk.SparseCopy;
import io.imagewright.disk.SparseFile;
import org.jspecify.annotations.Nullable;

/** Everything that changes a store. No link is followed, but for those above it. */
final class StoreFiles {

    private final Runnable beforeEachChange;

    /** @param beforeEachChange run before each change, and within those that take long; may throw */
    StoreFiles(Runnable beforeEachChange) {
        this.beforeEachChange = beforeEachChange;
    }

    void createDirectories(Path directory) throws IOException {
        beforeEachChange.run();
        Files.createDirectories(directory);
    }

    void createDirectory(Path directory) throws IOException {
        beforeEachChange.run();
        Files.createDirectory(directory);
    }

    /** Copies what is no hole, and syncs it. Sharing blocks instead would let damage to the store's disk be damage to both. */
    void copy(Path from, Path to, LongConsumer bytesDone) throws IOException {
        beforeEachChange.run();
        try (SparseFile source = SparseFile.openRead(from);
                SparseFile target = SparseFile.create(to, source.size())) {
            SparseCopy.copy(source, source.dataExtents(0, source.size()), target, 0, done -> {
                beforeEachChange.run();
                bytesDone.accept(done);
            });
            target.sync();
        }
    }

    void write(Path file, String text) throws IOException {
        beforeEachChange.run();
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC);
    }

    void link(Path link, String target) throws IOException {
        beforeEachChange.run();
        Files.createSymbolicLink(link, link.getFileSystem().getPath(target));
    }

    /** Renames; what had the new name, and is no directory with files, is replaced. */
    void move(Path from, Path to) throws IOException {
        beforeEachChange.run();
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes the names in a directory durable. */
    void sync(Path directory) throws IOException {
        beforeEachChange.run();
        try (SparseFile names = SparseFile.openRead(directory)) {
            names.sync();
        }
    }

    /** With all that is in it; links themselves, not what they name. */
    void delete(Path top) throws IOException {
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                beforeEachChange.run();
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                beforeEachChange.run();
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
